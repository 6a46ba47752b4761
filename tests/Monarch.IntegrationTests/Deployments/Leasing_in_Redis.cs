using Monarch.Contracts.Deployments;
using Monarch.Redis.Connection;
using Monarch.Tests.Deployments;
using Monarch.Workers.Clocks;
using Monarch.Workers.Deployments.Leases;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Deployments;

public sealed class Leasing_in_Redis(Servers servers) : LeaseTest
{
    RedisConnection _redis = null!;

    public override async ValueTask InitializeAsync()
    {
        // Redis' clock cannot be moved.
        Options.LeaseSeconds = 1;
        _redis = (await servers.RedisAsync()).Connect();
        Leases = new RedisDeploymentLeases(
            _redis,
            new SharedClock(TimeProvider.System),
            Microsoft.Extensions.Options.Options.Create(Options)
        );
    }

    [Fact]
    public async Task Should_grant_none_for_the_duration_of_a_lease_after_a_restart_of_Redis()
    {
        var (server, deployment) = (ServerId.Of("ABC", IssueStatus.Beta), Guid.NewGuid());
        // Simulates a restart of Redis.
        await _redis.ExecuteAsync("HSET", Token, "monarch:usher:epoch", "run", "another", "opens", "0");

        (await Leases.TryAcquireAsync(server, deployment, 1, Guid.NewGuid(), Token)).ShouldBe(LeaseRequest.Deferred);
        await PassAsync(0.5);
        (await Leases.TryAcquireAsync(server, deployment, 1, Guid.NewGuid(), Token)).ShouldBe(LeaseRequest.Deferred);
        await PassAsync(0.6);
        (await Leases.TryAcquireAsync(server, deployment, 1, Guid.NewGuid(), Token)).ShouldBe(LeaseRequest.Acquired);
    }

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _redis.DisposeAsync();
    }

    protected override Task PassAsync(double leases) => Task.Delay(Options.Lease * leases, TimeProvider.System, Token);
}
