using Microsoft.Extensions.Options;
using Monarch.Contracts.Deployments;
using Monarch.Workers.Clocks;
using Monarch.Workers.Deployments.Settings;

namespace Monarch.Workers.Deployments.Leases;

/// <summary>Leases of a single process; they end with it, as its deployments do.</summary>
sealed class InMemoryDeploymentLeases(SharedClock clock, IOptions<DeploymentOptions> options) : IDeploymentLeases
{
    readonly Lock _gate = new();
    readonly Dictionary<Guid, Lease> _leases = [];
    readonly Dictionary<Guid, (DateTimeOffset First, DateTimeOffset Last)> _waiting = [];

    public Task<LeaseRequest> TryAcquireAsync(
        Guid serverId,
        Guid deploymentId,
        long number,
        Guid holder,
        CancellationToken cancellationToken
    )
    {
        lock (_gate)
        {
            var now = clock.UtcNow;
            if (Find(serverId, deploymentId) is { } own && own.Holder == holder && own.IsAlive(now))
            {
                own.Until = now + options.Value.Lease;
                return Task.FromResult(LeaseRequest.Acquired);
            }

            if (_leases.TryGetValue(serverId, out var last))
            {
                if (last.DeploymentId == deploymentId || number < last.Number)
                {
                    var isRunning = last.DeploymentId == deploymentId && last.Result is null;
                    return Task.FromResult(isRunning ? LeaseRequest.HasStarted : LeaseRequest.HasEnded);
                }

                if (last.IsAlive(now))
                {
                    return Task.FromResult(LeaseRequest.Deferred);
                }
            }

            var longest = LeaseTimes.PlaceKeptFor(options.Value);
            foreach (var gone in _waiting.Where(x => now - x.Value.Last > longest).Select(x => x.Key).ToList())
            {
                _waiting.Remove(gone);
            }

            _waiting[serverId] = (_waiting.TryGetValue(serverId, out var asked) ? asked.First : now, now);
            var before = _waiting.Values.Count(x => x.First < _waiting[serverId].First);
            if (before >= options.Value.AtOnce - _leases.Values.Count(x => x.IsAlive(now)))
            {
                return Task.FromResult(LeaseRequest.Deferred);
            }

            _waiting.Remove(serverId);
            _leases[serverId] = new(deploymentId, number, now, now + options.Value.Lease) { Holder = holder };
            return Task.FromResult(LeaseRequest.Acquired);
        }
    }

    public Task<LeaseRenewal> RenewAsync(Guid serverId, Guid deploymentId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = clock.UtcNow;
            if (Find(serverId, deploymentId) is not { } lease || !lease.IsAlive(now))
            {
                return Task.FromResult(LeaseRenewal.Lost);
            }

            lease.Until = now + options.Value.Lease;
            return Task.FromResult(lease.CancelRequested ? LeaseRenewal.CancelRequested : LeaseRenewal.Renewed);
        }
    }

    public Task EndAsync(DeploymentEnded result, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Find(result.ServerId, result.DeploymentId) is { } lease)
            {
                lease.Result ??= result;
            }
        }

        return Task.CompletedTask;
    }

    public Task<LeaseState> ReadAsync(Guid serverId, Guid deploymentId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Find(serverId, deploymentId) is not { } lease)
            {
                return Task.FromResult(new LeaseState(null, null, null));
            }

            if (lease.Result is null && !lease.IsAlive(clock.UtcNow))
            {
                lease.Result = LeaseTimes.Interrupted(serverId, deploymentId, lease.StartedAt, clock.UtcNow);
            }

            return Task.FromResult(new LeaseState(lease.StartedAt, lease.Result is null ? lease.Until : null, lease.Result));
        }
    }

    public Task<bool> CancelAsync(Guid serverId, Guid deploymentId, long number, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = clock.UtcNow;
            if (Find(serverId, deploymentId) is { } lease && lease.IsAlive(now))
            {
                lease.CancelRequested = true;
                return Task.FromResult(true);
            }

            var cancelled = LeaseTimes.Cancelled(serverId, deploymentId, now);
            if (Find(serverId, deploymentId) is { } ended)
            {
                ended.Result ??= cancelled;
            }
            else if (!_leases.TryGetValue(serverId, out var last) || number >= last.Number)
            {
                _leases[serverId] = new(deploymentId, number, null, now) { Result = cancelled };
            }

            _waiting.Remove(serverId);
            return Task.FromResult(false);
        }
    }

    Lease? Find(Guid serverId, Guid deploymentId) =>
        _leases.TryGetValue(serverId, out var lease) && lease.DeploymentId == deploymentId ? lease : null;

    sealed class Lease(Guid deploymentId, long number, DateTimeOffset? startedAt, DateTimeOffset until)
    {
        public Guid DeploymentId => deploymentId;

        public long Number => number;

        public DateTimeOffset? StartedAt => startedAt;

        public DateTimeOffset Until { get; set; } = until;

        public Guid? Holder { get; init; }

        public bool CancelRequested { get; set; }

        public DeploymentEnded? Result { get; set; }

        public bool IsAlive(DateTimeOffset now) => Result is null && Until > now;
    }
}
