using Monarch.Bridge.DryRuns;
using Monarch.Contracts.DryRuns;
using Monarch.Redis.Connection;
using Monarch.Tests.Bridge;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Bridge;

public sealed class Keeping_dry_runs_in_Redis(Servers servers) : DryRunStoreTest
{
    RedisConnection _redis = null!;

    public override async ValueTask InitializeAsync()
    {
        _redis = (await servers.RedisAsync()).Connect();
        Store = new RedisDryRunStore(_redis);
    }

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _redis.DisposeAsync();
    }

    [Fact]
    public async Task Should_expire_a_dry_run_after_24_hours()
    {
        var id = Guid.NewGuid();
        await Store.ApplyAsync(Event(id, 1, DryRunStatus.Completed, Target(0)), Token);

        var left = (long)await _redis.ExecuteAsync("PTTL", Token, $"monarch:dry-run:view:{id:N}");
        TimeSpan.FromMilliseconds(left).TotalHours.ShouldBeInRange(23.9, 24);
    }
}
