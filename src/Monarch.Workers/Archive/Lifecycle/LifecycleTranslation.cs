using System.Globalization;
using Monarch.Contracts.Deployments;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Archive.Settings;

namespace Monarch.Workers.Archive.Lifecycle;

/// <summary>
/// Translates Monarch's events, which report a state with its history: everything in it that is not older than a day becomes an event, and
/// repeated events have the same id and bytes. Free text (reasons, messages of GitHub, output) is omitted because its content is arbitrary.
/// </summary>
static class LifecycleTranslation
{
    /// <summary>The maximum age of an occurrence; far less than the retention of ids (<see cref="ArchiveOptions.IdDays"/>).</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    const string Migration = "migration";
    const string Repository = "repository";
    const string Deployment = "deployment";
    const string Server = "server";
    const string Steered = "steered";

    /// <param name="batch">The event.</param>
    /// <param name="sentAt">When it was sent.</param>
    public static IEnumerable<LifecycleEvent> Of(BatchProgressed batch, DateTimeOffset sentAt)
    {
        // Only the first event; later ones may spell the source differently.
        if (batch is { Version: 1, EndedAt: null })
        {
            yield return new()
            {
                Action = "accepted",
                Entity = Migration,
                Timestamp = batch.RequestedAt,
                Identity = $"{batch.BatchId}",
                Data = DataOf(batch) with { IssueCount = null, FailureKind = null },
            };
        }

        foreach (var intervention in batch.Interventions.Where(given => IsRecent(given.At, sentAt)))
        {
            yield return new()
            {
                Action = Steered,
                Entity = Migration,
                Timestamp = intervention.At,
                Identity = $"{batch.BatchId}/{intervention.Kind}/{Text(intervention.At)}",
                Data = new SteeringData { MigrationId = batch.BatchId, Kind = LifecycleJson.Name(intervention.Kind) },
            };
        }

        // Only the last event of a run lists every target.
        if (batch.EndedAt is { } endedAt && batch.Targets.Count == batch.TargetCount)
        {
            yield return new()
            {
                Action = Words(batch.Status),
                Entity = Migration,
                Timestamp = endedAt,
                Identity = $"{batch.BatchId}/{Text(endedAt)}",
                Data = DataOf(batch),
            };
        }
    }

    /// <param name="completed">The event.</param>
    /// <param name="messageId">Its id.</param>
    /// <param name="sentAt">When it was sent; the event itself has no time.</param>
    public static LifecycleEvent Of(RepositoryMigrationCompleted completed, Guid messageId, DateTimeOffset sentAt) =>
        new()
        {
            Action = Words(completed.Status),
            Entity = Repository,
            Timestamp = sentAt,
            Identity = $"{messageId}",
            Data = new RepositoryData
            {
                MigrationId = completed.BatchId,
                Repository = completed.TargetFullName,
                RepositoryId = completed.TargetRepositoryId,
                Total = completed.Total,
                Created = completed.Created,
                AlreadyThere = completed.AlreadyThere,
                Rejected = completed.Rejected,
                FailureKind = completed.Failure is { } failure ? LifecycleJson.Name(failure.Kind) : null,
            },
        };

    /// <param name="server">The event.</param>
    public static IEnumerable<LifecycleEvent> Of(ServerProgressed server)
    {
        foreach (var given in server.Commands.Reverse().Where(given => IsRecent(given.At, server.ChangedAt)))
        {
            yield return new()
            {
                Action = Steered,
                Entity = Server,
                Timestamp = given.At,
                Identity = $"{given.CommandId}",
                Data = new SteeringData
                {
                    CommandId = given.CommandId,
                    Server = server.Server,
                    Project = server.Project,
                    Status = LifecycleJson.Name(server.Status),
                    Kind = LifecycleJson.Name(given.Kind),
                    Actor = given.Actor,
                    Refused = given.Refusal is not null,
                },
            };
        }

        foreach (var ended in server.Ended.Reverse())
        {
            if (ended is { EndedAt: { } endedAt, Outcome: { } outcome } && IsRecent(endedAt, server.ChangedAt))
            {
                // Includes the start, whose event may have been overtaken by the end.
                if (Started(server, ended) is { } started)
                {
                    yield return started;
                }

                yield return DeploymentEvent(Words(outcome), endedAt, server, ended);
            }
        }

        if (server.Deployment is { } current)
        {
            if (Started(server, current) is { } started)
            {
                yield return started;
            }
            else if (server.State == ServerStatus.Prepared && IsRecent(current.RequestedAt, server.ChangedAt))
            {
                yield return DeploymentEvent("prepared", current.RequestedAt, server, current);
            }
        }
    }

    static LifecycleEvent? Started(ServerProgressed server, DeploymentRecord deployment) =>
        deployment.StartedAt is { } startedAt && IsRecent(startedAt, server.ChangedAt)
            ? DeploymentEvent("started", startedAt, server, deployment with { EndedAt = null, ExitCode = null })
            : null;

    static LifecycleEvent DeploymentEvent(string action, DateTimeOffset at, ServerProgressed server, DeploymentRecord deployment) =>
        new()
        {
            Action = action,
            Entity = Deployment,
            Timestamp = at,
            Identity = $"{deployment.DeploymentId}",
            Data = new DeploymentData
            {
                DeploymentId = deployment.DeploymentId,
                Server = server.Server,
                Project = server.Project,
                Status = LifecycleJson.Name(server.Status),
                Issues = [.. deployment.Issues.Select(issue => IssueId.Of(server.Project, issue.Number))],
                RequestedAt = deployment.RequestedAt,
                StartedAt = deployment.StartedAt,
                EndedAt = deployment.EndedAt,
                ExitCode = deployment.ExitCode,
            },
        };

    static MigrationData DataOf(BatchProgressed batch) =>
        new()
        {
            MigrationId = batch.BatchId,
            Source = batch.Source,
            RequestedAt = batch.RequestedAt,
            EndedAt = batch.EndedAt,
            IssueCount = batch.IssueCount,
            RepositoryCount = batch.TargetCount,
            FailureKind = batch.Failure is { } failure ? LifecycleJson.Name(failure.Kind) : null,
            Repositories =
            [
                .. batch
                    .Targets.OrderBy(target => target.Index)
                    .Select(target => new RepositoryData
                    {
                        Repository = target.FullName ?? target.Requested,
                        RepositoryId = target.RepositoryId,
                        Status = batch.EndedAt is null ? null : LifecycleJson.Name(target.Status),
                        Total = target.Total,
                        Created = target.Created,
                        AlreadyThere = target.AlreadyThere,
                        Rejected = target.Rejected,
                        FailureKind = target.Failure is { } cause ? LifecycleJson.Name(cause.Kind) : null,
                    }),
            ],
        };

    static bool IsRecent(DateTimeOffset at, DateTimeOffset now) => now - at < Recent;

    static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    // CompletedWithFailures: completed_with_failures.
    static string Words<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName($"{value}");
}
