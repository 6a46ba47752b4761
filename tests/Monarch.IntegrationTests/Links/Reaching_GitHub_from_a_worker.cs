using Monarch.Testing;
using Xunit;

namespace Monarch.IntegrationTests.Links;

public sealed class Reaching_GitHub_from_a_worker(WorkerToGitHub link) : IClassFixture<WorkerToGitHub>
{
    [Fact]
    public Task Should_bear_connections_that_are_closed_again_and_again() => link.ShouldBearAsync(async () =>
    {
        for (var i = 0; i < 3; i++)
        {
            link.Proxy.Cut();
            await link.MoreIssuesAsync(3);
        }
    });

    [Fact]
    public Task Should_bear_connections_that_are_reset_again_and_again() => link.ShouldBearAsync(async () =>
    {
        for (var i = 0; i < 3; i++)
        {
            link.Proxy.Reset();
            await link.MoreIssuesAsync(3);
        }
    });

    [Fact]
    public Task Should_bear_posts_that_arrive_and_are_reset_before_the_answer() => link.ShouldBearAsync(async () =>
    {
        link.Proxy.BlackHole(Flow.ToClient);
        await link.MoreIssuesAsync(3);
        link.Proxy.Reset();
    });

    [Fact]
    public Task Should_bear_posts_that_arrive_and_are_never_answered() => link.ShouldBearAsync(() =>
    {
        var timedOut = link.Says("GitHub did not answer within");
        link.Proxy.BlackHole(Flow.ToClient);
        return timedOut();
    });

    [Fact]
    public Task Should_bear_silence_both_ways() => link.ShouldBearAsync(() =>
    {
        var timedOut = link.Says("GitHub did not answer within");
        link.Proxy.BlackHole();
        return timedOut();
    });

    [Fact]
    public Task Should_bear_connections_that_went_dead_without_a_word() => link.ShouldBearAsync(() =>
    {
        link.Proxy.Strand();
        return Task.CompletedTask;
    });

    [Fact]
    public Task Should_bear_being_refused() => link.ShouldBearAsync(() =>
    {
        var unreachable = link.Says("GitHub could not be reached: no connection");
        link.Proxy.Refuse();
        link.Proxy.Cut();
        return unreachable();
    });

    [Theory]
    [InlineData(100)]
    [InlineData(1500)]
    public Task Should_bear_answers_that_are_torn(int bytes) => link.ShouldBearAsync(() =>
    {
        link.Proxy.CutAfter(bytes, Flow.ToClient);
        return link.MoreTornAsync(6);
    });

    [Fact]
    public Task Should_bear_posts_that_are_torn() => link.ShouldBearAsync(() =>
    {
        link.Proxy.CutAfter(300, Flow.ToServer);
        return link.MoreTornAsync(6);
    });

    [Fact]
    public Task Should_bear_a_slow_line() => link.ShouldBearAsync(() =>
    {
        link.Proxy.Delay(TimeSpan.FromMilliseconds(50));
        return link.MoreIssuesAsync(10);
    });
}
