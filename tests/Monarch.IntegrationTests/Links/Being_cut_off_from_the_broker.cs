using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Links;

/// <summary>
/// A worker has lost the broker, not GitHub: it continues to create issues while its command is redelivered to another worker.
/// </summary>
public sealed class Being_cut_off_from_the_broker(Servers servers) : TwoWorkersTest(servers)
{
    internal override (int Port, Func<int, (string Key, string Value)> Setting) Proxied =>
        (
            new Uri(Fleet.Settings["RABBITMQ_URL"]).Port,
            port => ("RABBITMQ_URL", new UriBuilder(Fleet.Settings["RABBITMQ_URL"]) { Port = port }.Uri.ToString())
        );

    [Fact]
    public async Task Should_create_each_issue_once_if_two_workers_have_the_same_command()
    {
        var batch = await RequestAsync();
        await IssuesAsync(2);
        // Slow enough for the other worker to start meanwhile.
        Fleet.Sandbox.Faults = new() { LatencyMilliseconds = 800 };
        Proxy.Refuse();
        Proxy.Cut();

        await Fleet.StartAsync("workers");
        var there = Fleet.Sandbox.Repository(Team).Count;
        there.ShouldBeLessThan(Issues, "the other worker came too late");
        await IssuesAsync(there + 1);
        Fleet.Sandbox.Faults = new() { LatencyMilliseconds = 20 };

        // The first worker cannot have published this.
        await ShouldEndWithEachIssueOnceAsync(batch);
        Proxy.Heal();
        await Until.TrueAsync(() => Fleet.IsReadyAsync(First), "the first worker is ready again", state: () => First.Output);
        await ShouldEndWithEachIssueOnceAsync(await RequestAsync());
    }
}
