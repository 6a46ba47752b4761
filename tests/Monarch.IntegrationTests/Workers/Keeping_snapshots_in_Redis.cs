using Monarch.Tests.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Workers;

public sealed class Keeping_snapshots_in_Redis(WorkersDatabase database) : SnapshotsSuite, IClassFixture<WorkersDatabase>
{
    private protected override ISnapshots Snapshots => new RedisSnapshots(database.Connection());

    [Theory]
    [InlineData("LPOP", ":issues")]
    [InlineData("RPOP", ":issues")]
    [InlineData("DEL", ":issues")]
    [InlineData("DEL", ":count")]
    public async Task Should_reject_an_incomplete_snapshot_and_write_it_again(string command, string half)
    {
        var id = (await WriteAsync(Issues(3))).Id;
        await database.Connection().ExecuteAsync(command, Ct, $"monarch:snapshot:{id}{half}");
        (await ReadAsync(id)).ShouldBeNull();

        (await WriteAsync(Issues(3))).Id.ShouldBe(id);
        (await ReadAsync(id)).ShouldBe(Issues(3));
    }

    [Fact]
    public async Task Should_reject_an_empty_snapshot_without_its_count()
    {
        var id = (await WriteAsync()).Id;
        await database.Connection().ExecuteAsync("DEL", Ct, $"monarch:snapshot:{id}:count");
        (await ReadAsync(id)).ShouldBeNull();
    }

    [Fact]
    public async Task Should_keep_a_snapshot_for_a_week_after_its_last_use()
    {
        var id = (await WriteAsync(Issues(3))).Id;
        foreach (var key in new[] { $"monarch:snapshot:{id}:issues", $"monarch:snapshot:{id}:count" })
        {
            await ShouldBeKeptForAWeekAsync(key);
            await database.Connection().RunAsync(db => db.KeyExpireAsync(key, TimeSpan.FromMinutes(1)), Ct);
            await ReadAsync(id);
            await ShouldBeKeptForAWeekAsync(key);
        }
    }

    [Fact]
    public async Task Should_expire_an_interrupted_write()
    {
        await Should_be_complete_or_missing();
        var keys = (string[])(await database.Connection().ExecuteAsync("KEYS", Ct, "monarch:snapshot:*"))!;
        foreach (var key in keys)
        {
            (await database.Connection().RunAsync(db => db.KeyTimeToLiveAsync(key), Ct)).ShouldNotBeNull(key);
        }
    }

    async Task ShouldBeKeptForAWeekAsync(string key) =>
        (await database.Connection().RunAsync(db => db.KeyTimeToLiveAsync(key), Ct))
            .ShouldNotBeNull()
            .ShouldBeInRange(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));
}
