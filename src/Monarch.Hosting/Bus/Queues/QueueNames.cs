using Microsoft.Extensions.Configuration;
using Monarch.Contracts;

namespace Monarch.Hosting.Bus.Queues;

/// <summary>The queues that metrics name; all others are counted together.</summary>
sealed class QueueNames(IConfiguration configuration)
{
    const string ArchiveQueue = "archive";

    static readonly string[] Suffixes = ["", "_error", "_skipped"];

    /// <summary>Monarch's queues, with the error and skipped queues of MassTransit.</summary>
    public IReadOnlyList<string> All { get; } =
    [
        .. new[]
        {
            EndpointNames.MigrationBatch,
            EndpointNames.RepositoryMigration,
            EndpointNames.SlackNotification,
            EndpointNames.ReadSourceIssues,
            EndpointNames.ResolveTarget,
            EndpointNames.PrepareTarget,
            EndpointNames.CreateIssues,
            EndpointNames.FinishIssues,
            EndpointNames.DryRun,
            EndpointNames.PlanTarget,
            EndpointNames.DryRunProjection,
            EndpointNames.PostToSlack,
            EndpointNames.Intake,
            EndpointNames.StatusProjection,
            EndpointNames.CredentialProjection,
            EndpointNames.ServerDeployment,
            EndpointNames.RunDeployment,
            EndpointNames.DeploymentNotices,
            EndpointNames.ServerProjection,
            EndpointNames.Lifecycle,
            Archive(configuration),
            "archive-forward",
            "archive-forward-refused",
        }
            .Distinct()
            .SelectMany(name => Suffixes.Select(suffix => name + suffix)),
    ];

    static string Archive(IConfiguration configuration) =>
        configuration["ARCHIVE_QUEUE"] is { Length: > 0 } name and not "temporary" ? name : ArchiveQueue;
}
