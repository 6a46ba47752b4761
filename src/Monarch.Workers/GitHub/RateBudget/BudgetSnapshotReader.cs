using System.Globalization;

namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>
/// Reads the answer of <see cref="RedisBudgetScripts.Snapshot"/>: the time, four counts, the fields, and the answer times of creations.
/// </summary>
sealed class BudgetSnapshotReader(BudgetRules rules, string[] answer)
{
    const int Counts = 5;

    public BudgetSnapshot Snapshot()
    {
        var now = RedisBudget.Time(Number(answer[0]));
        var (creating, writing, reading, places) = (Count(1), Count(2), Count(3), Count(4));
        var times = answer[(Counts + RedisBudgetScripts.Fields.Length)..];
        List<DateTimeOffset> answered = [.. times.Select(at => RedisBudget.Time(Number(at)))];
        var pace =
            rules.StartPerMinute > 0 ? Math.Min(Figure("pace") ?? rules.StartPerMinute, rules.CreatesPerMinute) : rules.CreatesPerMinute;
        return new()
        {
            Now = now,
            MinuteLimit = rules.CreatesPerMinute > 0 ? Math.Min(Limit("minute", rules.CreatesPerMinute), pace) : null,
            HourLimit = rules.CreatesPerHour > 0 ? Limit("hour", rules.CreatesPerHour) : null,
            Pace = rules.CreatesPerMinute > 0 && pace < rules.CreatesPerMinute ? pace : null,
            MinuteCeiling = Figure("minute.ceiling"),
            HourCeiling = Figure("hour.ceiling"),
            UsedThisMinute = answered.Count(at => at > now - rules.Minute) + creating,
            UsedThisHour = answered.Count(at => at > now - rules.Hour) + creating,
            Reserved = places,
            UnderWay = creating + writing + reading,
            Window = rules.Concurrency > 0 ? Math.Min(Figure("window") ?? rules.Concurrency, rules.Concurrency) : null,
            Points = (Figure("points") ?? 0) + ((creating + writing) * BudgetRules.WritePoints) + (reading * BudgetRules.ReadPoints),
            Remaining = now < At("reset") ? Figure("remaining") : null,
            ResetsAt = now < At("reset") ? At("reset") : null,
            ClosedUntil = now < At("closed") ? At("closed") : null,
            Reason = now < At("closed") ? (BudgetReason)Figure("reason")! : BudgetReason.None,
            Took = Field("took") is { } took ? RedisBudget.Span(Number(took)) : TimeSpan.FromMilliseconds(200),
            AnsweredAt = answered,
        };
    }

    int Count(int index) => int.Parse(answer[index], CultureInfo.InvariantCulture);

    int Limit(string window, int cap) => Math.Min(cap, Figure($"{window}.top") ?? Figure($"{window}.ceiling") ?? cap);

    int? Figure(string name) => Field(name) is { } value ? (int)Number(value) : null;

    DateTimeOffset? At(string name) => Field(name) is { } value ? RedisBudget.Time(Number(value)) : null;

    string? Field(string name) => answer[Counts + Array.IndexOf(RedisBudgetScripts.Fields, name)] is { Length: > 0 } value ? value : null;

    // Some are fractions, such as the window of concurrent requests.
    static long Number(string value) => (long)decimal.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture);
}
