using Microsoft.Extensions.Options;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using Monarch.Testing;
using Monarch.Workers.GitHub.Copying.Ledger;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Workers;

public sealed class Beginning_an_epoch_in_Redis : IAsyncLifetime
{
    static readonly LedgerKey Key = new(11, 22);
    static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(0.3);
    static readonly TimeSpan Settle = TimeSpan.FromSeconds(0.2);

    RedisServer _server = null!;
    RedisConnection _redis = null!;

    RedisLedger Ledger => new(_redis, Options.Create(new LedgerOptions { SettleSeconds = Settle.TotalSeconds }));

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync(new() { AppendOnly = true });
        _redis = RedisDatabase.Of(_server).Connect();
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Should_keep_a_new_Redis_closed_until_requests_in_flight_have_settled()
    {
        var closed = await Ledger.OpenAsync(TimeSpan.FromHours(1), Token);
        closed.Wait.ShouldBe(TimeSpan.FromHours(1) + Settle);
        closed.IsFirst.ShouldBeTrue();
        (await Ledger.SetReadAsync(Key, closed.Id, new Dictionary<int, int>(), Token)).ShouldBeFalse("the epoch is closed");
        (await BeginAsync()).ShouldBeOfType<LedgerAnswer.Unread>();

        // An hour later.
        await _redis.ExecuteAsync("HSET", Token, "monarch:epoch", "opens", 1);
        (await OpenedAsync()).ShouldBe(closed.Id);
        (await Ledger.SetReadAsync(Key, closed.Id, new Dictionary<int, int>(), Token)).ShouldBeTrue();
        (await BeginAsync()).ShouldBeOfType<LedgerAnswer.Granted>();
    }

    [Theory]
    [InlineData("restarted")]
    [InlineData("emptied")]
    [InlineData("another server, as after a failover")]
    public async Task Should_treat_targets_as_unread_after_Redis_was(string how)
    {
        var epoch = await OpenedAsync();
        await Ledger.SetReadAsync(Key, epoch, new Dictionary<int, int> { [1] = 101 }, Token);
        switch (how)
        {
            case "restarted":
                await _server.RestartAsync();
                await Until.TrueAsync(IsBackAsync, "Redis is back");
                break;
            case "emptied":
                await _redis.ExecuteAsync("FLUSHALL", Token);
                break;
            default:
                await _redis.ExecuteAsync("HSET", Token, "monarch:epoch", "run", "of the former master");
                break;
        }

        // The ledger detects it at the next attempt.
        (await BeginAsync()).ShouldBeOfType<LedgerAnswer.Unread>();
        (await Ledger.SetReadAsync(Key, epoch, new Dictionary<int, int>(), Token)).ShouldBeFalse("the epoch has ended");
        var closed = await Ledger.OpenAsync(TimeSpan.FromHours(1), Token);
        closed.Wait.ShouldBeGreaterThan(TimeSpan.Zero);
        closed.IsFirst.ShouldBe(how == "emptied");
        await _redis.ExecuteAsync("HSET", Token, "monarch:epoch", "opens", 1);
        var next = await OpenedAsync();
        next.ShouldNotBe(epoch);
        (await Ledger.SetReadAsync(Key, epoch, new Dictionary<int, int>(), Token)).ShouldBeFalse("the epoch has ended");
        (await BeginAsync()).ShouldBeOfType<LedgerAnswer.Unread>();
        (await Ledger.SetReadAsync(Key, next, new Dictionary<int, int>(), Token)).ShouldBeTrue();
        (await BeginAsync()).ShouldBeOfType<LedgerAnswer.Granted>();
        if (how != "emptied")
        {
            (await Ledger.BeginAsync(new(Key, 1, "a"), Lifetime, null, Token)).ShouldBe(new LedgerAnswer.Created(101));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_open_on_time_after_a_clock_a_year_ahead(bool knowsWhenItBegan)
    {
        var epoch = await Ledger.OpenAsync(Lifetime, Token);
        var ahead = TimeProvider.System.GetUtcNow().AddYears(1).ToUnixTimeMilliseconds();
        await _redis.ExecuteAsync("HSET", Token, "monarch:epoch", "opens", ahead + 500, "began", knowsWhenItBegan ? ahead : 1);

        var longest = knowsWhenItBegan ? Lifetime + Settle : TimeSpan.FromSeconds(600 * 1.5) + TimeSpan.FromHours(1);
        (await Ledger.OpenAsync(Lifetime, Token)).ShouldSatisfyAllConditions(
            opened => opened.Id.ShouldBe(epoch.Id),
            opened => opened.Wait.ShouldBeLessThanOrEqualTo(longest)
        );
    }

    Task<LedgerAnswer> BeginAsync() => Ledger.BeginAsync(new(Key, 2, "a"), Lifetime, null, Token);

    async Task<string> OpenedAsync()
    {
        LedgerEpoch? epoch = null;
        await Until.TrueAsync(async () => (epoch = await Ledger.OpenAsync(Lifetime, Token)).Wait <= TimeSpan.Zero, "the epoch is open");
        return epoch!.Id;
    }

    async Task<bool> IsBackAsync()
    {
        try
        {
            await _redis.ConnectAsync(Token);
            return true;
        }
        catch (RedisUnavailableException)
        {
            return false;
        }
    }
}
