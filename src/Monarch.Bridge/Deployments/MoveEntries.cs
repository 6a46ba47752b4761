using System.Globalization;
using Monarch.Bridge.Intake;
using Monarch.Redis.Sagas;

namespace Monarch.Bridge.Deployments;

/// <summary>Moves as entries of the stream <c>monarch:moves</c>, which other programs may write to as well.</summary>
sealed class MoveEntries(MoveTranslator translator, TimeProvider time)
{
    /// <summary>The stream, and the service key of its <see cref="IIntakeStream"/>.</summary>
    public const string Stream = "monarch:moves";

    /// <summary>The issue's id.</summary>
    const string Issue = "issue";

    /// <summary>The status: stage, test or beta.</summary>
    const string Status = "status";

    /// <summary>When it was moved, in Unix milliseconds; left out when it equals the time of the entry.</summary>
    const string At = "at";

    /// <summary>The origin of the move. A Bridge writes it after validating the move; other programs leave it out.</summary>
    const string Origin = "origin";

    public static IReadOnlyDictionary<string, string> Fields(Move move, string origin)
    {
        var fields = new Dictionary<string, string>
        {
            [Issue] = move.Issue,
            [Status] = move.Status.Name(),
            [Origin] = origin,
        };
        if (move.At is { } at)
        {
            fields[At] = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        }

        if (TraceParent.Keep() is { } trace)
        {
            fields[TraceParent.Header] = trace;
        }

        return fields;
    }

    /// <returns>The move with its time, the same on every read of the entry; or null and the faults.</returns>
    public (Move? Move, IReadOnlyList<RequestFault> Faults) Read(IntakeEntry entry)
    {
        var faults = new List<RequestFault>();
        // An accepted move is sent, even if the settings of this Bridge would refuse it.
        var isChecked = entry.Fields.ContainsKey(Origin);
        var move = translator.Read(Field(entry, Issue, faults), Field(entry, Status, faults), faults, isChecked);
        var addedAt = entry.AddedAt ?? time.GetUtcNow();
        var at = addedAt;
        if (entry.Fields.TryGetValue(At, out var text))
        {
            if (
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
                && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            )
            {
                at = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            }
            else
            {
                faults.Add(new(At, $"'{OneLine.Of(text)}' is not a time: give Unix milliseconds, or leave the field out."));
            }
        }

        // A move cannot be later than its report.
        return faults.Count == 0 ? (move! with { At = at < addedAt ? at : addedAt }, []) : (null, faults);
    }

    static (string, string)? Field(IntakeEntry entry, string name, List<RequestFault> faults)
    {
        if (entry.Fields.TryGetValue(name, out var text))
        {
            return (name, text);
        }

        faults.Add(new("The entry", $"of {Stream} has no field '{name}': XADD {Stream} * {Issue} ABC-123 {Status} test."));
        return null;
    }
}
