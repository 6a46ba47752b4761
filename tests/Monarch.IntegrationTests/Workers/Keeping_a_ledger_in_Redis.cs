using Microsoft.Extensions.Options;
using Monarch.Testing;
using Monarch.Tests.GitHub.Ledgers;
using Monarch.Workers.GitHub.Ledgers;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Monarch.IntegrationTests.Workers;

public sealed class Keeping_a_ledger_in_Redis(WorkersDatabase database) : LedgerSuite, IClassFixture<WorkersDatabase>
{
    string Entries => $"monarch:ledger:{Pair.SourceRepositoryId}:{Pair.TargetRepositoryId}";

    [Theory]
    [InlineData("an intent")]
    [InlineData("a creation")]
    [InlineData("a rejection")]
    public async Task Should_keep_each_entry_for_a_year(string written)
    {
        await (written switch
        {
            "an intent" => BeginAsync(1),
            "a creation" => CreatedAsync(1, 7),
            _ => Ledger(TimeSpan.Zero).SetRejectedAsync(Pair, Rejection(1), Ct),
        });

        var key = written == "a rejection" ? $"{Entries}:rejected" : Entries;
        var left = await database.Connection().RunAsync(db => db.KeyTimeToLiveAsync(key), Ct);
        left.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromDays(365), TimeSpan.FromDays(366));
    }

    [Fact]
    public async Task Should_begin_the_year_anew_with_each_use()
    {
        await CreatedAsync(1, 7);
        await database.Connection().RunAsync(db => db.KeyExpireAsync(Entries, TimeSpan.FromMinutes(1)), Ct);
        await BeginAsync(2);
        (await database.Connection().RunAsync(db => db.KeyTimeToLiveAsync(Entries), Ct)).ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromDays(365));
    }

    [Fact]
    public async Task Should_be_read_by_a_person()
    {
        await BeginAsync(1, "a");
        await CreatedAsync(2, 12);
        var entries = (await database.Connection().RunAsync(db => db.HashGetAllAsync(Entries), Ct)).ToDictionary(x => (string)x.Name!, x => (string)x.Value!);
        entries["1"].ShouldMatch(@"^i\d{13}:\d{13}:a$");
        entries["2"].ShouldBe("c12");
        entries["epoch"].ShouldBe("old");
    }

    private protected override ILedger Ledger(TimeSpan settle) =>
        new RedisLedger(database.Connection(), Options.Create(new LedgerOptions { SettleSeconds = settle.TotalSeconds }));

    protected override async Task PassAsync(TimeSpan time)
    {
        var until = await NowAsync() + time;
        await Until.TrueAsync(async () => await NowAsync() > until, "Redis' clock has gone on");
    }

    async Task<TimeSpan> NowAsync()
    {
        var now = (RedisValue[])(await database.Connection().ExecuteAsync("TIME", Ct))!;
        return TimeSpan.FromSeconds((long)now[0]) + TimeSpan.FromMicroseconds((long)now[1]);
    }
}
