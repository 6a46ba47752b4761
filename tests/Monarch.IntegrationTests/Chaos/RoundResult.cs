using System.Globalization;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>The result of a round, as a line of the table.</summary>
sealed record RoundResult(int Seed)
{
    public const string Heads =
        "| round | seed | workers | bridges | Redis | RabbitMQ | ambiguous | issues | missing | twice | out of order | wrong references | wrong relations | labels missing | wrong comments | extra Slack | asked again | last kill to end | total |\n"
        + "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|";

    /// <summary>Kills of each kind.</summary>
    public IReadOnlyDictionary<Victim, int> Kills { get; init; } = new Dictionary<Victim, int>();

    /// <summary>How often the sandbox created an issue without a response.</summary>
    public long Ambiguous { get; init; }

    /// <summary>Each target beside the source.</summary>
    public IReadOnlyList<Comparison> Targets { get; init; } = [];

    /// <summary>Slack messages beyond two for each migration: <c>chat.postMessage</c> has no idempotency key.</summary>
    public int ExtraSlackMessages { get; init; }

    /// <summary>How often the platform had to repeat a request.</summary>
    public int Repetitions { get; init; }

    /// <summary>From the last kill to the end of the last migration.</summary>
    public TimeSpan Recovery { get; init; }

    public TimeSpan Total { get; init; }

    /// <summary>Faults other than those of the issues, as sentences.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The folder with everything that helps to find the cause; null when none was kept.</summary>
    public string? Evidence { get; init; }

    public bool IsClean => Problems.Count == 0 && Targets.All(target => target.IsClean);

    public int Issues => Targets.Sum(target => target.Issues);

    public int Missing => Targets.Sum(target => target.Missing.Count);

    public int Duplicates => Targets.Sum(target => target.Duplicates.Count);

    public int OutOfOrder => Targets.Sum(target => target.OutOfOrder.Count);

    public int WrongReferences => Targets.Sum(target => target.WrongReferences.Count);

    public int WrongRelations => Targets.Sum(target => target.WrongRelations.Count);

    public int WrongComments => Targets.Sum(target => target.WrongComments.Count);

    public int WrongLabels => Targets.Sum(target => target.WrongLabels.Count);

    /// <summary>All faults, one line each.</summary>
    public IEnumerable<string> Faults => Targets.Where(target => !target.IsClean).Select(target => target.ToString()).Concat(Problems);

    public string Row(int round) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {round} | {Seed} | {Kill(Victim.Worker)} | {Kill(Victim.Bridge)} | {Kill(Victim.Redis)} | {Kill(Victim.RabbitMq)} | {Ambiguous} | {Issues} | {Missing} | {Duplicates} | {OutOfOrder} | {WrongReferences} | {WrongRelations} | {WrongLabels} | {WrongComments} | {ExtraSlackMessages} | {Repetitions} | {Recovery.TotalSeconds:0.0} s | {Total.TotalSeconds:0.0} s |"
        );

    int Kill(Victim victim) => Kills.GetValueOrDefault(victim);
}
