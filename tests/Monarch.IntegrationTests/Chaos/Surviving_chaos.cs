using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>
/// The whole product under everything at once: two rounds with many kills, one of them with a restart of RabbitMQ. <c>./monarch chaos</c>
/// plays more.
/// </summary>
[Collection(nameof(ChaosBroker))]
public sealed class Surviving_chaos(ChaosBroker broker)
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Should_leave_each_issue_once_and_in_order_and_end_every_batch(int seed)
    {
        var result = await ChaosRound.RunAsync(broker.Server, seed, new(), Token);

        await Console.Out.WriteLineAsync($"{RoundResult.Heads}\n{result.Row(1)}");
        result.Faults.ShouldBeEmpty($"The evidence is in {result.Evidence}");
    }
}
