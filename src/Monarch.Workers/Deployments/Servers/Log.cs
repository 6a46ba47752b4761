using Microsoft.Extensions.Logging;
using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments.Servers;

static partial class Log
{
    [LoggerMessage(4021, LogLevel.Information, "Queued for {Server}: {IssueIds}")]
    public static partial void IssuesQueued(this ILogger logger, string server, string issueIds);

    [LoggerMessage(4022, LogLevel.Information, "Deployment {DeploymentId} of {Server} with {IssueCount} issues is {Decision}")]
    public static partial void DeploymentDecided(this ILogger logger, string server, Guid deploymentId, int issueCount, string decision);

    [LoggerMessage(4023, LogLevel.Information, "Deployment {DeploymentId} of {Server} has ended: {Outcome}{Reason}")]
    public static partial void DeploymentEnded(
        this ILogger logger,
        string server,
        Guid deploymentId,
        DeploymentOutcome outcome,
        string reason
    );

    [LoggerMessage(4024, LogLevel.Information, "{Kind} of {Server} by {Actor}; reason: {Reason}")]
    public static partial void ServerSteered(this ILogger logger, string server, SteeringKind kind, string actor, string reason);

    [LoggerMessage(4025, LogLevel.Information, "{Kind} of {Server} by {Actor} was refused: {Refusal}")]
    public static partial void SteeringRefused(this ILogger logger, string server, SteeringKind kind, string actor, string refusal);

    [LoggerMessage(
        4026,
        LogLevel.Warning,
        "No Redis is configured: the queues of all servers are lost when this process ends. Set VALKEY_HOST or VALKEY_URL to keep them"
    )]
    public static partial void QueuesAreInMemory(this ILogger logger);
}
