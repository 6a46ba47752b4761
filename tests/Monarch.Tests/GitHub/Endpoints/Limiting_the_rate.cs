using System.Diagnostics;
using Monarch.Contracts.GitHub;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Endpoints;

/// <summary>MassTransit's rate limit. A slow machine can only make a message later, so "not before" is true everywhere.</summary>
public sealed class Limiting_the_rate : EndpointTest
{
    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(5, 16, 2)]
    public async Task Should_start_no_more_messages_a_second_than_allowed(int perSecond, int messages, int seconds)
    {
        await StartAsync(("WORKER_RATE_LIMIT", $"{perSecond}"));
        var watch = Stopwatch.StartNew();
        await SendAsync(Enumerable.Range(0, messages).Select(_ => Resolve()));
        await AnswersAsync<TargetResolved>(messages);
        // The first second may be nearly over when the first message comes, and the last one may have just begun.
        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(seconds) * 0.9);
    }
}
