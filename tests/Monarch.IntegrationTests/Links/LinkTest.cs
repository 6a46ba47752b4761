using Monarch.Testing;
using Xunit;

namespace Monarch.IntegrationTests.Links;

/// <summary>What every link has to bear while a migration runs.</summary>
public abstract class LinkTest(Link link)
{
    [Fact]
    public Task Should_bear_connections_that_are_closed_again_and_again() => link.ShouldBearAsync(() => AgainAndAgainAsync(link.Proxy.Cut));

    [Fact]
    public Task Should_bear_connections_that_are_reset_again_and_again() => link.ShouldBearAsync(() => AgainAndAgainAsync(link.Proxy.Reset));

    [Fact]
    public Task Should_bear_silence() => link.ShouldBearAsync(() => link.NoticesAsync(() => link.Proxy.BlackHole()));

    [Fact]
    public Task Should_bear_that_what_arrives_is_answered_much_too_late() =>
        link.ShouldBearAsync(() => link.NoticesAsync(() => link.Proxy.BlackHole(Flow.ToClient)));

    [Fact]
    public Task Should_bear_that_what_arrives_is_never_answered() => link.ShouldBearAsync(async () =>
    {
        await link.NoticesAsync(() => link.Proxy.BlackHole(Flow.ToClient));
        link.Proxy.Reset();
    });

    [Fact]
    public Task Should_bear_connections_that_the_network_forgot() => link.ShouldBearAsync(() => link.NoticesAsync(link.Proxy.Strand));

    [Fact]
    public Task Should_bear_being_refused() => link.ShouldBearAsync(() => link.NoticesAsync(() =>
    {
        link.Proxy.Refuse();
        link.Proxy.Cut();
    }));

    [Theory]
    [InlineData(Flow.ToServer)]
    [InlineData(Flow.ToClient)]
    public Task Should_bear_connections_that_are_torn_in_the_middle(Flow flow) => link.ShouldBearAsync(() => link.TearAsync(333, flow));

    [Fact]
    public Task Should_bear_a_slow_line() => link.ShouldBearAsync(() =>
    {
        link.Proxy.Delay(TimeSpan.FromMilliseconds(20));
        return link.MoreIssuesAsync(10);
    });

    async Task AgainAndAgainAsync(Action fault)
    {
        for (var i = 0; i < link.Times; i++)
        {
            fault();
            await link.MoreIssuesAsync(3);
        }
    }
}
