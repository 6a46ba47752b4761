using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments.Leases;

/// <summary>
/// The leases to run deployments: one for each server, and as many in total as deployments may run. The process that runs a deployment
/// renews its lease and ends the command before the lease expires, so that no two deployments of a server overlap, even if processes die or
/// hang.
/// </summary>
interface IDeploymentLeases
{
    /// <summary>
    /// Acquires the lease of a server for a deployment. Waiting servers are served in the order of their first request; one that does not
    /// repeat its request for a while loses its place. The holder of the lease gets it again, because it may not have received the answer.
    /// </summary>
    Task<LeaseRequest> TryAcquireAsync(Guid serverId, Guid deploymentId, long number, Guid holder, CancellationToken cancellationToken);

    /// <summary>Extends the lease from now.</summary>
    Task<LeaseRenewal> RenewAsync(Guid serverId, Guid deploymentId, CancellationToken cancellationToken);

    /// <summary>Ends the lease with the deployment's result, which is kept for a week. The first result counts. Idempotent.</summary>
    Task EndAsync(DeploymentEnded result, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the state of a deployment. If its lease has expired, the same step ends it as interrupted, so that neither its runner nor a
    /// late command can continue it.
    /// </summary>
    Task<LeaseState> ReadAsync(Guid serverId, Guid deploymentId, CancellationToken cancellationToken);

    /// <summary>Requests the runner of a deployment to end it; one that has not started is ended as cancelled and never starts.</summary>
    /// <returns>Whether it runs; its end is then reported later.</returns>
    Task<bool> CancelAsync(Guid serverId, Guid deploymentId, long number, CancellationToken cancellationToken);
}

/// <summary>The answer to a request for a lease.</summary>
enum LeaseRequest
{
    /// <summary>The caller holds the lease; it may run the deployment already.</summary>
    Acquired,

    /// <summary>Not yet: the maximum of deployments runs, or another one of this server.</summary>
    Deferred,

    /// <summary>Another process has started this deployment: the command was redelivered.</summary>
    HasStarted,

    /// <summary>This deployment has ended, or a later one has started.</summary>
    HasEnded,
}

/// <summary>The answer to a renewal.</summary>
enum LeaseRenewal
{
    /// <summary>The lease is extended.</summary>
    Renewed,

    /// <summary>The lease is extended, and the deployment is to be cancelled.</summary>
    CancelRequested,

    /// <summary>The lease has expired or belongs to another deployment: the command must stop.</summary>
    Lost,
}

/// <summary>The state of a deployment.</summary>
/// <param name="StartedAt">When its lease was acquired (UTC); null when it was not.</param>
/// <param name="Until">When its lease expires unless renewed (UTC); null without a lease.</param>
/// <param name="Result">How it ended; null while it has not.</param>
sealed record LeaseState(DateTimeOffset? StartedAt, DateTimeOffset? Until, DeploymentEnded? Result);
