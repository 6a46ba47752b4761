using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>
/// The whole product under all faults together: two rounds with many kills, one of them with a restart of RabbitMQ, run concurrently since
/// most of a round is waiting. <c>./monarch chaos</c> runs more.
/// </summary>
[Collection(nameof(Alone))]
public sealed class Surviving_chaos
{
    [Fact]
    public async Task Should_create_each_issue_once_in_order_and_end_every_migration()
    {
        var results = await Task.WhenAll(PlayAsync(seed: 3), PlayAsync(seed: 4));

        await Console.Out.WriteLineAsync($"{RoundResult.Heads}\n{string.Join('\n', results.Index().Select(x => x.Item.Row(x.Index + 1)))}");
        results.SelectMany(x => x.Faults.Select(fault => $"Seed {x.Seed}: {fault} The evidence is in {x.Evidence}.")).ShouldBeEmpty();
    }

    static async Task<RoundResult> PlayAsync(int seed)
    {
        await using var broker = await RabbitMqServer.StartAsync();
        return await ChaosRound.RunAsync(broker, seed, new(), Token);
    }
}
