using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments.Leases;

/// <summary>
/// Who may run a deployment. One lease for each server, and as many leases at once as deployments may run. The process that runs a deployment renews
/// its lease and ends the command before the lease expires; so no two deployments of a server run at once, whatever dies or stops.
/// </summary>
interface IDeploymentLeases
{
    /// <summary>
    /// Takes the lease of a server for a deployment. Servers that wait get theirs in the order in which they first asked; one that does
    /// not ask again for a while loses its place. The process that holds the lease gets it again: it may not have received the answer.
    /// </summary>
    Task<LeaseRequest> TryAcquireAsync(Guid serverId, Guid deploymentId, long number, Guid holder, CancellationToken cancellationToken);

    /// <summary>Extends the lease from now.</summary>
    Task<LeaseRenewal> RenewAsync(Guid serverId, Guid deploymentId, CancellationToken cancellationToken);

    /// <summary>Ends the lease with the deployment's result, which is kept for a week. The first result counts. Harmless when repeated.</summary>
    Task EndAsync(DeploymentEnded result, CancellationToken cancellationToken);

    /// <summary>
    /// What became of a deployment. One whose lease has expired is ended as interrupted in the same step: neither its runner nor a late
    /// command can go on with it.
    /// </summary>
    Task<LeaseState> ReadAsync(Guid serverId, Guid deploymentId, CancellationToken cancellationToken);

    /// <summary>Asks the runner of a deployment to end it; one that has not begun is ended as cancelled and never begins.</summary>
    /// <returns>Whether it runs, so that its end is still to come.</returns>
    Task<bool> CancelAsync(Guid serverId, Guid deploymentId, long number, CancellationToken cancellationToken);
}

/// <summary>The answer to a request for a lease.</summary>
enum LeaseRequest
{
    /// <summary>It is the caller's, which may run the deployment already.</summary>
    Acquired,

    /// <summary>Not now: as many deployments run as may, or another one of this server does.</summary>
    Deferred,

    /// <summary>Another process has begun this deployment already: the command was delivered again.</summary>
    HasBegun,

    /// <summary>This deployment has ended, or a later one has begun.</summary>
    HasEnded,
}

/// <summary>The answer to a renewal.</summary>
enum LeaseRenewal
{
    /// <summary>It is extended.</summary>
    Renewed,

    /// <summary>It is extended, and a person wants the deployment to end.</summary>
    CancelRequested,

    /// <summary>It has expired or belongs to another deployment: the command must not run any longer.</summary>
    Lost,
}

/// <summary>What is known of a deployment.</summary>
/// <param name="StartedAt">When its lease was acquired (UTC); null when it has not been.</param>
/// <param name="Until">When its lease ends unless it is renewed (UTC); null when it has none.</param>
/// <param name="Result">How it ended; null while it has not.</param>
sealed record LeaseState(DateTimeOffset? StartedAt, DateTimeOffset? Until, DeploymentEnded? Result);
