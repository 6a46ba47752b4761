using System.Globalization;

namespace Monarch.Bridge.Intake;

/// <summary>An entry of the intake.</summary>
/// <param name="Id">Its id in the stream.</param>
/// <param name="Fields">Its fields, as the Bridge or another publisher wrote them.</param>
sealed record IntakeEntry(string Id, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The stream of requests.</summary>
    public const string Requests = "monarch:intake";

    /// <summary>The Learning Platform's message.</summary>
    public const string Message = "message";

    /// <summary>The migration's id; other publishers leave it out.</summary>
    public const string Batch = "batch";

    /// <summary>When it was received, in ISO 8601.</summary>
    public const string Received = "received";

    /// <summary>
    /// When it was added (UTC), read from its id: of two entries of one millisecond the later one has the later time. Null when the
    /// publisher chose the id.
    /// </summary>
    public DateTimeOffset? AddedAt =>
        Id.Split('-') is [var time, var number]
        && long.TryParse(time, CultureInfo.InvariantCulture, out var milliseconds)
        && long.TryParse(number, CultureInfo.InvariantCulture, out var sequence)
        && milliseconds is > 1_000_000_000_000 and < 100_000_000_000_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).AddTicks(Math.Clamp(sequence, 0, TimeSpan.TicksPerMillisecond - 1))
            : null;
}
