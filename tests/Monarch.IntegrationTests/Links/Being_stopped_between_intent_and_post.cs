using Monarch.Testing;
using Shouldly;
using StackExchange.Redis;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Links;

/// <summary>A worker was given leave to create an issue, and is stopped (SIGSTOP) before it hears of it.</summary>
public sealed class Being_stopped_between_intent_and_post(Servers servers) : TwoWorkersTest(servers)
{
    internal override (int Port, Func<int, (string Key, string Value)> Setting) Proxied => (Fleet.Redis.Port, port => ("VALKEY_PORT", $"{port}"));

    [Fact]
    public async Task Should_not_post_when_it_goes_on_after_another_worker_has()
    {
        var batch = await RequestAsync();
        await IssuesAsync(3);
        // Redis writes the intent at once, and the worker hears of it two seconds later.
        Proxy.Delay(TimeSpan.FromSeconds(2), Flow.ToClient);
        await Until.TrueAsync(async () => (await LedgerAsync()).Any(x => x.StartsWith('i')), "an intent is written", state: () => First.Output);
        First.Signal(UnixSignal.Stop);
        var there = Fleet.Sandbox.Repository(Team).Count;
        there.ShouldBe((await LedgerAsync()).Count(x => x.StartsWith('c')), "the worker has posted already");
        Proxy.Heal();

        await Fleet.StartAsync("workers");
        await IssuesAsync(there + 1);
        First.Signal(UnixSignal.Continue);

        await ShouldEndWithEachIssueOnceAsync(batch);
        await Until.TrueAsync(() => Fleet.IsReadyAsync(First), "the first worker is ready again", state: () => First.Output);
        await ShouldEndWithEachIssueOnceAsync(await RequestAsync());
    }

    /// <summary>What the ledger says of each issue that was tried.</summary>
    async Task<IReadOnlyList<string>> LedgerAsync()
    {
        var (source, target) = (Fleet.Sandbox.Repository(Journeys.Fleet.Source).Id, Fleet.Sandbox.Repository(Team).Id);
        return [.. ((RedisValue[])(await Fleet.Connection.ExecuteAsync("HVALS", Token, $"monarch:ledger:{source}:{target}"))!).Select(x => (string)x!)];
    }
}
