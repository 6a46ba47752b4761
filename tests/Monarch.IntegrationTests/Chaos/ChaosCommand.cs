using System.Globalization;
using Monarch.Testing;

namespace Monarch.IntegrationTests.Chaos;

/// <summary><c>./monarch chaos</c>: runs any number of rounds.</summary>
static class ChaosCommand
{
    public const string Name = "--chaos";

    const string Usage = """
        ./monarch chaos [--rounds N] [--seed S] [--spare worker,bridge,redis,rabbitmq] [--keep]
          --rounds  how many rounds (10)
          --seed    the first round's seed; each further round takes the next number (a random one, which is printed)
          --spare   what is not killed; the other kills stay as they are
          --keep    keeps the evidence of good rounds too, in artifacts/chaos
        """;

    /// <returns>0 for success, 1 for faults, 2 for invalid arguments.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var (rounds, seed, options) = (10, Random.Shared.Next(1, 1_000_000), new ChaosOptions());
        var rest = args.AsSpan();
        while (rest.Length > 0)
        {
            switch (rest)
            {
                case ["--rounds", var text, .. var more] when int.TryParse(text, CultureInfo.InvariantCulture, out rounds) && rounds > 0:
                    rest = more;
                    break;
                case ["--seed", var text, .. var more] when int.TryParse(text, CultureInfo.InvariantCulture, out seed):
                    rest = more;
                    break;
                case ["--spare", var text, .. var more] when text.Split(',').All(x => Enum.TryParse<Victim>(x, ignoreCase: true, out _)):
                    options = options with { Spared = [.. text.Split(',').Select(x => Enum.Parse<Victim>(x, ignoreCase: true))] };
                    rest = more;
                    break;
                case ["--keep", .. var more]:
                    options = options with { KeepsAll = true };
                    rest = more;
                    break;
                default:
                    await Console.Error.WriteLineAsync(Usage);
                    return 2;
            }
        }

        return await RunAsync(rounds, seed, options) ? 0 : 1;
    }

    static async Task<bool> RunAsync(int rounds, int seed, ChaosOptions options)
    {
        await using var broker = await RabbitMqServer.StartAsync();
        var results = new List<RoundResult>();
        await Console.Out.WriteLineAsync(RoundResult.Heads);
        for (var round = 1; round <= rounds; round++)
        {
            var result = await ChaosRound.RunAsync(broker, seed + round - 1, options, CancellationToken.None);
            results.Add(result);
            await Console.Out.WriteLineAsync(result.Row(round));
            // On the error stream, so that the table can be kept as it is.
            foreach (var fault in result.Faults)
            {
                await Console.Error.WriteLineAsync($"  seed {result.Seed}: {fault}");
            }

            if (result.Evidence is { } folder)
            {
                await Console.Error.WriteLineAsync($"  seed {result.Seed}: the evidence is in {folder}");
            }
        }

        await Console.Out.WriteLineAsync($"\n{Summary(results)}");
        return results.TrueForAll(x => x.IsClean);
    }

    static string Summary(List<RoundResult> results)
    {
        var bad = results.Where(x => !x.IsClean).Select(x => x.Seed).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{results.Count} rounds, seeds {results[0].Seed} to {results[^1].Seed}: {results.Sum(x => x.Kills.Values.Sum())} kills, {results.Sum(x => x.Ambiguous)} ambiguous answers, {results.Sum(x => x.Issues)} issues; {results.Sum(x => x.Missing)} missing, {results.Sum(x => x.Duplicates)} twice, {results.Sum(x => x.OutOfOrder)} out of order, {results.Sum(x => x.WrongReferences)} wrong references, {results.Sum(x => x.WrongRelations)} wrong relations, {results.Sum(x => x.WrongLabels)} without their labels, {results.Sum(x => x.WrongComments)} with wrong comments, {results.Sum(x => x.ExtraSlackMessages)} extra Slack messages. {(bad.Count == 0 ? "Nothing was wrong." : $"Something was wrong with seeds {string.Join(", ", bad)}.")}"
        );
    }
}
