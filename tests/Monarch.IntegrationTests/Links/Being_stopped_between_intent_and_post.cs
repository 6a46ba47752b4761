using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Links;

/// <summary>
/// The ledger has permitted a worker to create an issue, and the worker is stopped (SIGSTOP) before it receives the reply.
/// </summary>
public sealed class Being_stopped_between_intent_and_post(Servers servers) : TwoWorkersTest(servers)
{
    internal override (int Port, Func<int, (string Key, string Value)> Setting) Proxied =>
        (Fleet.Redis.Port, port => ("VALKEY_PORT", $"{port}"));

    [Fact]
    public async Task Should_not_post_after_another_worker_has_posted()
    {
        // The ledger's answer to the fourth issue: the intent is written, and the worker does not receive the reply.
        var held = Proxy.BlackHoleAtAsync("*1\r\n$7\r\ngranted\r\n"u8, time: 4);
        var batch = await RequestAsync();
        await held.WaitAsync(Until.Generous, TimeProvider.System, Token);
        First.Signal(UnixSignal.Stop);
        Fleet.Sandbox.Repository(Team).Count.ShouldBe(3);
        (await LedgerAsync()).Select(x => x[0]).Order().ShouldBe("ccci");
        Proxy.Heal();

        await Fleet.StartAsync("workers");
        await IssuesAsync(4);
        First.Signal(UnixSignal.Continue);

        await ShouldEndWithEachIssueOnceAsync(batch);
        await Until.TrueAsync(() => Fleet.IsReadyAsync(First), "the first worker is ready again", state: () => First.Output);
        await ShouldEndWithEachIssueOnceAsync(await RequestAsync());
    }

    /// <summary>The ledger's record of each attempted issue.</summary>
    async Task<IReadOnlyList<string>> LedgerAsync()
    {
        var (source, target) = (Fleet.Sandbox.Repository(Journeys.Fleet.Source).Id, Fleet.Sandbox.Repository(Team).Id);
        var entries = await Fleet.Connection.RunAsync(db => db.HashGetAllAsync($"monarch:ledger:{source}:{target}"), Token);
        return [.. entries.Where(x => x.Name != "epoch").Select(x => (string)x.Value!)];
    }
}
