using Monarch.Testing.Proxies;
using Xunit;

namespace Monarch.IntegrationTests.Links;

/// <summary>The faults that every link must survive during a migration.</summary>
public abstract class LinkTest(Link link)
{
    [Fact]
    public Task Should_survive_repeatedly_closed_connections() => link.ShouldSurviveAsync(() => RepeatAsync(link.Proxy.Cut));

    [Fact]
    public Task Should_survive_repeatedly_reset_connections() => link.ShouldSurviveAsync(() => RepeatAsync(link.Proxy.Reset));

    [Fact]
    public Task Should_survive_silence() => link.ShouldSurviveAsync(() => link.NoticesAsync(() => link.Proxy.BlackHole()));

    [Fact]
    public Task Should_survive_late_responses() =>
        link.ShouldSurviveAsync(() => link.NoticesAsync(() => link.Proxy.BlackHole(Flow.ToClient)));

    [Fact]
    public Task Should_survive_missing_responses() =>
        link.ShouldSurviveAsync(async () =>
        {
            await link.NoticesAsync(() => link.Proxy.BlackHole(Flow.ToClient));
            link.Proxy.Reset();
        });

    [Fact]
    public Task Should_survive_stranded_connections() => link.ShouldSurviveAsync(() => link.NoticesAsync(link.Proxy.Strand));

    [Fact]
    public Task Should_survive_refused_connections() =>
        link.ShouldSurviveAsync(() =>
            link.NoticesAsync(() =>
            {
                link.Proxy.Refuse();
                link.Proxy.Cut();
            })
        );

    [Theory]
    [InlineData(Flow.ToServer)]
    [InlineData(Flow.ToClient)]
    public Task Should_survive_connections_that_are_cut_within_a_message(Flow flow) =>
        link.ShouldSurviveAsync(() => link.TearAsync(333, flow));

    [Fact]
    public Task Should_survive_a_slow_connection() =>
        link.ShouldSurviveAsync(() =>
        {
            link.Proxy.Delay(TimeSpan.FromMilliseconds(20));
            return link.MoreIssuesAsync(10);
        });

    async Task RepeatAsync(Action fault)
    {
        for (var i = 0; i < link.Times; i++)
        {
            fault();
            await link.MoreIssuesAsync(3);
        }
    }
}
