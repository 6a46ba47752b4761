using Monarch.Redis;
using Monarch.Tests.Deployments;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Migrations;
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
        Leases = new RedisDeploymentLeases(_redis, new SharedClock(TimeProvider.System), Microsoft.Extensions.Options.Options.Create(Options));
    }

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _redis.DisposeAsync();
    }

    protected override Task PassAsync(double leases) => Task.Delay(Options.Lease * leases, TimeProvider.System, Token);
}
