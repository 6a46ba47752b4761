using System.Globalization;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.RateBudget;

public sealed class Racing_for_grants(Servers servers)
{
    static readonly TimeSpan Duration = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Should_never_exceed_a_window_and_serve_every_target()
    {
        var database = await servers.RedisAsync();
        List<ChildProcess> processes = [];
        try
        {
            for (var i = 0; i < BudgetProcess.Processes; i++)
            {
                processes.Add(await BudgetProcess.StartAsync(database, i, Duration));
            }

            foreach (var process in processes)
            {
                (await process.WaitForExitAsync()).ShouldBe(0, process.Output);
            }

            var record = processes
                .SelectMany(process => process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                .Select(Creation.Read)
                .OrderBy(creation => creation.Granted)
                .ToList();
            Most(record, BudgetProcess.Rules.Minute).ShouldBeLessThanOrEqualTo(BudgetProcess.Rules.CreatesPerMinute);
            Most(record, BudgetProcess.Rules.Hour).ShouldBeLessThanOrEqualTo(BudgetProcess.Rules.CreatesPerHour);

            var served = record.CountBy(creation => creation.Target).Select(target => target.Value).ToList();
            // Use and evenness depend on the machine here; ./monarch bench limits and Serving_many_targets measure them.
            served.Count.ShouldBe(BudgetProcess.Processes * BudgetProcess.Targets);
        }
        finally
        {
            foreach (var process in processes)
            {
                await process.DisposeAsync();
            }
        }
    }

    /// <summary>The most creations that count at one time: each from its grant until a window after its answer.</summary>
    static int Most(List<Creation> record, TimeSpan window) =>
        record.Max(one => record.TakeWhile(other => other.Granted <= one.Granted).Count(other => other.Answered + window > one.Granted));

    sealed record Creation(int Target, DateTimeOffset Granted, DateTimeOffset Answered)
    {
        public static Creation Read(string line)
        {
            var numbers = line.Split(' ').Select(x => long.Parse(x, CultureInfo.InvariantCulture)).ToList();
            return new((int)numbers[0], new(numbers[1], TimeSpan.Zero), new(numbers[2], TimeSpan.Zero));
        }
    }
}
