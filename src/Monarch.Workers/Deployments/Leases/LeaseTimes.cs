using Monarch.Contracts.Deployments;
using Monarch.Workers.Deployments.Settings;

namespace Monarch.Workers.Deployments.Leases;

/// <summary>The times and results that both kinds of leases share.</summary>
static class LeaseTimes
{
    /// <summary>How long after a deferral a deployment requests the lease again.</summary>
    public static TimeSpan RetryAfter(DeploymentOptions options) => options.Lease / 6;

    /// <summary>How long a waiting server keeps its place without asking again.</summary>
    public static TimeSpan PlaceKeptFor(DeploymentOptions options) => options.Lease;

    public static DeploymentEnded Interrupted(Guid serverId, Guid deploymentId, DateTimeOffset? startedAt, DateTimeOffset now) =>
        new()
        {
            ServerId = serverId,
            DeploymentId = deploymentId,
            Issues = [],
            Outcome = DeploymentOutcome.Interrupted,
            StartedAt = startedAt,
            EndedAt = now,
            Reason = "The process that ran it stopped renewing its lease. The progress of the deployment is unknown.",
            Output = [],
        };

    public static DeploymentEnded Cancelled(Guid serverId, Guid deploymentId, DateTimeOffset now) =>
        new()
        {
            ServerId = serverId,
            DeploymentId = deploymentId,
            Issues = [],
            Outcome = DeploymentOutcome.Cancelled,
            EndedAt = now,
            Reason = "It was cancelled before it started.",
            Output = [],
        };
}
