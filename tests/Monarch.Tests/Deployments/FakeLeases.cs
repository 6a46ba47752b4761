using System.Collections.Concurrent;
using Monarch.Contracts.Deployments;
using Monarch.Workers.Deployments.Leases;

namespace Monarch.Tests.Deployments;

/// <summary>Leases whose answers a test chooses.</summary>
sealed class FakeLeases : IDeploymentLeases
{
    readonly ConcurrentQueue<DeploymentEnded> _ended = new();

    /// <summary>The answer to a request for a lease.</summary>
    public LeaseRequest Request { get; set; } = LeaseRequest.Acquired;

    /// <summary>Answers a renewal.</summary>
    public Func<LeaseRenewal> Renew { get; set; } = () => LeaseRenewal.Renewed;

    /// <summary>Called before an end is recorded.</summary>
    public Action OnEnd { get; set; } = () => { };

    /// <summary>The state of a deployment that has ended before.</summary>
    public DeploymentEnded? Known { get; set; }

    /// <summary>The ends that were recorded.</summary>
    public IReadOnlyCollection<DeploymentEnded> Ended => _ended;

    public Task<LeaseRequest> TryAcquireAsync(
        Guid serverId,
        Guid deploymentId,
        long number,
        Guid holder,
        CancellationToken cancellationToken
    ) => Task.FromResult(Request);

    public Task<LeaseRenewal> RenewAsync(Guid serverId, Guid deploymentId, CancellationToken cancellationToken) => Task.FromResult(Renew());

    public Task EndAsync(DeploymentEnded result, CancellationToken cancellationToken)
    {
        OnEnd();
        _ended.Enqueue(result);
        return Task.CompletedTask;
    }

    public Task<LeaseState> ReadAsync(Guid serverId, Guid deploymentId, CancellationToken cancellationToken) =>
        Task.FromResult(new LeaseState(null, null, Known));

    public Task<bool> CancelAsync(Guid serverId, Guid deploymentId, long number, CancellationToken cancellationToken) =>
        Task.FromResult(true);
}
