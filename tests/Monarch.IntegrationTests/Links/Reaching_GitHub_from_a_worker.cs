using Monarch.Testing;
using Xunit;

namespace Monarch.IntegrationTests.Links;

public sealed class Reaching_GitHub_from_a_worker(WorkerToGitHub link) : LinkTest(link), IClassFixture<WorkerToGitHub>
{
    readonly WorkerToGitHub _link = link;

    [Fact]
    public Task Should_bear_posts_that_arrive_and_are_reset_before_the_answer() => _link.ShouldBearAsync(async () =>
    {
        _link.Proxy.BlackHole(Flow.ToClient);
        await _link.MoreIssuesAsync(3);
        _link.Proxy.Reset();
    });

    [Fact]
    public Task Should_bear_answers_that_are_torn_in_their_body() => _link.ShouldBearAsync(() => _link.TearAsync(1500, Flow.ToClient));
}
