using Monarch.Tests.GitHub.Snapshots;
using Monarch.Workers.GitHub.Snapshots;
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
    public async Task Should_not_trust_half_of_one_and_write_it_whole_again(string command, string half)
    {
        var id = (await WriteAsync(Issues(3))).Id;
        await database.Connection().ExecuteAsync(command, Ct, $"monarch:snapshot:{id}{half}");
        (await ReadAsync(id)).ShouldBeNull();

        (await WriteAsync(Issues(3))).Id.ShouldBe(id);
        (await ReadAsync(id)).ShouldBe(Issues(3));
    }

    [Fact]
    public async Task Should_not_trust_an_empty_one_whose_count_is_gone()
    {
        var id = (await WriteAsync()).Id;
        await database.Connection().ExecuteAsync("DEL", Ct, $"monarch:snapshot:{id}:count");
        (await ReadAsync(id)).ShouldBeNull();
    }

    [Fact]
    public async Task Should_keep_it_for_a_week_after_its_last_use()
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
    public async Task Should_leave_nothing_for_ever_when_the_writing_breaks_off()
    {
        await Should_be_whole_or_not_there();
        var keys = (string[])(await database.Connection().ExecuteAsync("KEYS", Ct, "monarch:snapshot:*"))!;
        foreach (var key in keys)
        {
            (await database.Connection().RunAsync(db => db.KeyTimeToLiveAsync(key), Ct)).ShouldNotBeNull(key);
        }
    }

    async Task ShouldBeKeptForAWeekAsync(string key) =>
        (await database.Connection().RunAsync(db => db.KeyTimeToLiveAsync(key), Ct)).ShouldNotBeNull()
            .ShouldBeInRange(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));
}
