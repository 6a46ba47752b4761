using Monarch.Testing;
using Monarch.Testing.Proxies;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Links;

public sealed class Reaching_GitHub_from_a_worker(WorkerToGitHub link) : LinkTest(link), IClassFixture<WorkerToGitHub>
{
    readonly WorkerToGitHub _link = link;

    [Fact]
    public Task Should_survive_posts_that_are_reset_before_the_response() =>
        _link.ShouldSurviveAsync(async () =>
        {
            for (var i = 0; i < _link.Times; i++)
            {
                await _link.Proxy.BlackHoleAtAsync("HTTP/1.1 201 Created"u8, time: 1).WaitAsync(Until.Generous, Token);
                _link.Proxy.Reset();
                _link.Proxy.Heal();
            }
        });

    [Fact]
    public Task Should_survive_responses_that_are_cut_in_their_body() =>
        _link.ShouldSurviveAsync(() => _link.TearAsync(1500, Flow.ToClient));
}
