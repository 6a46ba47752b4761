using System.Globalization;
using Microsoft.Extensions.Options;
using Monarch.Testing;
using Monarch.Workers.GitHub.Copying.Ledger;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Workers;

public sealed class Racing_for_an_entry(Servers servers)
{
    const int Races = 1_000;

    [Fact]
    public async Task Should_have_one_winner_of_two_processes_in_each_of_1000_races()
    {
        var database = await servers.RedisAsync();
        await OldEpoch.WriteAsync(database.Port, database.Number);
        await using var redis = database.Connect();
        var key = new LedgerKey(11, 22);
        await new RedisLedger(redis, Options.Create(new LedgerOptions())).SetReadAsync(key, "old", new Dictionary<int, int>(), Token);

        await using var one = await LedgerProcess.StartAsync(database, key, Races);
        await using var other = await LedgerProcess.StartAsync(database, key, Races);
        (await one.WaitForExitAsync(), await other.WaitForExitAsync()).ShouldBe((0, 0), one.Output + other.Output);

        Won(one).Concat(Won(other)).Order().ShouldBe(Enumerable.Range(1, Races));
        // Both processes took part.
        Won(one).ShouldNotBeEmpty();
        Won(other).ShouldNotBeEmpty();
    }

    static List<int> Won(ChildProcess process) =>
        [
            .. process
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => int.Parse(line, CultureInfo.InvariantCulture)),
        ];
}
