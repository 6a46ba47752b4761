using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Monarch.Contracts.GitHub;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Endpoints;

/// <summary>MassTransit's rate limit. The probe of each endpoint shows its configuration.</summary>
public sealed class Limiting_the_rate : EndpointTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Should_limit_the_messages_a_second_of_each_endpoint(int perSecond)
    {
        await StartAsync(("WORKER_RATE_LIMIT", $"{perSecond}"));

        Limits(JsonSerializer.SerializeToNode(Bus.GetProbeResult(TestContext.Current.CancellationToken).Results))
            .ShouldBe(Enumerable.Repeat((perSecond, "00:00:01"), 6));
    }

    [Fact]
    public async Task Should_answer_more_messages_than_a_second_allows()
    {
        await StartAsync(("WORKER_RATE_LIMIT", "5"));
        await SendAsync(Enumerable.Range(0, 6).Select(_ => Resolve()));
        (await AnswersAsync<TargetResolved>(6)).Count.ShouldBe(6);
    }

    static IEnumerable<(int Limit, string Interval)> Limits(JsonNode? node) =>
        node switch
        {
            JsonObject filter when (string?)filter["filterType"] == "rateLimit" => [((int)filter["limit"]!, (string)filter["interval"]!)],
            JsonObject scope => scope.SelectMany(x => Limits(x.Value)),
            JsonArray all => all.SelectMany(Limits),
            _ => [],
        };
}
