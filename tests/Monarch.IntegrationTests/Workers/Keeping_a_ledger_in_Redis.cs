using Microsoft.Extensions.Options;
using Monarch.Testing;
using Monarch.Tests.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Ledger;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Monarch.IntegrationTests.Workers;

public sealed class Keeping_a_ledger_in_Redis(WorkersDatabase database) : LedgerSuite, IClassFixture<WorkersDatabase>
{
    string Entries => $"monarch:ledger:{Key.SourceRepositoryId}:{Key.TargetRepositoryId}";

    [Theory]
    [InlineData("an intent")]
    [InlineData("a creation")]
    [InlineData("a rejection")]
    public async Task Should_keep_each_entry_for_a_year(string written)
    {
        await (
            written switch
            {
                "an intent" => BeginAsync(1),
                "a creation" => CreatedAsync(1, 7),
                _ => Ledger(TimeSpan.Zero).SetRejectedAsync(Key, Rejection(1), Ct),
            }
        );

        var key = written == "a rejection" ? $"{Entries}:rejected" : Entries;
        var left = await database.Connection().RunAsync(db => db.KeyTimeToLiveAsync(key), Ct);
        left.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromDays(365), TimeSpan.FromDays(366));
    }

    [Fact]
    public async Task Should_extend_the_retention_with_each_use()
    {
        await CreatedAsync(1, 7);
        await database.Connection().RunAsync(db => db.KeyExpireAsync(Entries, TimeSpan.FromMinutes(1)), Ct);
        await BeginAsync(2);
        (await database.Connection().RunAsync(db => db.KeyTimeToLiveAsync(Entries), Ct))
            .ShouldNotBeNull()
            .ShouldBeGreaterThan(TimeSpan.FromDays(365));
    }

    [Fact]
    public async Task Should_be_readable_in_Redis()
    {
        await BeginAsync(1, "a");
        await CreatedAsync(2, 12);
        var entries = (await database.Connection().RunAsync(db => db.HashGetAllAsync(Entries), Ct)).ToDictionary(
            x => (string)x.Name!,
            x => (string)x.Value!
        );
        entries["1"].ShouldMatch(@"^i\d{13}:\d{13}:a$");
        entries["2"].ShouldBe("c12");
        entries["epoch"].ShouldBe("old");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_expire_an_intent_written_by_a_clock_a_year_ahead(bool hasBegunAhead)
    {
        var life = TimeSpan.FromHours(1);
        var ahead = (long)(await NowAsync()).TotalMilliseconds + (long)TimeSpan.FromDays(365).TotalMilliseconds;
        await BeginAsync(1, "a", life);
        await WriteAsync($"i{(hasBegunAhead ? ahead : 1)}:{ahead + 30_000}:a");
        (await BeginAsync(1, "b", life))
            .ShouldBeOfType<LedgerAnswer.Busy>()
            .Wait.ShouldBeLessThanOrEqualTo(hasBegunAhead ? TimeSpan.FromSeconds(30) : life);

        await Ledger(TimeSpan.Zero).SetDoubtfulAsync(new(Key, 1, "a"), Ct);
        var doubt = (await BeginAsync(1, "b")).ShouldBeOfType<LedgerAnswer.Doubtful>("its owner may still end it");
        doubt.Since.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(hasBegunAhead ? 0 : 1));
    }

    [Fact]
    public async Task Should_settle_a_doubtful_attempt_written_by_a_clock_a_year_ahead()
    {
        var settle = TimeSpan.FromSeconds(15);
        var ahead = (long)(await NowAsync() + TimeSpan.FromDays(365)).TotalMilliseconds;
        await BeginAsync(1, "a");
        await WriteAsync($"d{ahead}:{ahead + 1000}");
        var doubt = (await BeginAsync(1, "b", settle: settle)).ShouldBeOfType<LedgerAnswer.Doubtful>();
        doubt.Wait.ShouldBeLessThanOrEqualTo(settle);
        doubt.Since.ShouldBe(DateTimeOffset.UnixEpoch, "the start time is unknown, so the whole listing is searched");
        (await BeginAsync(1, "b", searched: doubt.Token)).ShouldBeOfType<LedgerAnswer.Granted>();
    }

    async Task WriteAsync(string entry) => await database.Connection().RunAsync(db => db.HashSetAsync(Entries, 1, entry), Ct);

    private protected override ILedger Ledger(TimeSpan settle) =>
        new RedisLedger(database.Connection(), Options.Create(new LedgerOptions { SettleSeconds = settle.TotalSeconds }));

    protected override async Task PassAsync(TimeSpan time)
    {
        var until = await NowAsync() + time;
        await Until.TrueAsync(async () => await NowAsync() > until, "Redis' clock has advanced");
    }

    async Task<TimeSpan> NowAsync()
    {
        var now = (RedisValue[])(await database.Connection().ExecuteAsync("TIME", Ct))!;
        return TimeSpan.FromSeconds((long)now[0]) + TimeSpan.FromMicroseconds((long)now[1]);
    }
}
