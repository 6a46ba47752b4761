using System.Globalization;

namespace Monarch.Workers.Archive.Events;

/// <summary>The name of an event's file: <c>20241201_143022_123456_expense.created.json</c>.</summary>
/// <param name="Time">The time in the name, local or UTC as configured; whole microseconds.</param>
/// <param name="Key">The encoded routing key (<see cref="RoutingKeyText"/>).</param>
/// <param name="Suffix">The suffix: one of the constants.</param>
readonly record struct EventFileName(DateTime Time, string Key, string Suffix)
{
    /// <summary>The suffix of an event.</summary>
    public const string EventSuffix = ".json";

    /// <summary>The suffix of the body of a rejected message.</summary>
    public const string BodySuffix = ".body";

    /// <summary>The suffix of the reason of a rejection.</summary>
    public const string ReasonSuffix = ".reason.json";

    const string TimeFormat = "yyyyMMdd_HHmmss_ffffff";
    const int TimeLength = 22;

    /// <summary>The name with the next microsecond, for a name that is taken.</summary>
    public EventFileName Next() => this with { Time = Time.AddMicroseconds(1) };

    /// <summary>The name of another file of the same event.</summary>
    public EventFileName With(string suffix) => this with { Suffix = suffix };

    /// <summary>The folder of the day, for the layout <c>daily</c>.</summary>
    public string Day => Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => $"{Time.ToString(TimeFormat, CultureInfo.InvariantCulture)}_{Key}{Suffix}";

    /// <summary>Parses a name.</summary>
    /// <param name="text">The name of a file, without a folder.</param>
    /// <param name="suffix">The expected suffix: one of the constants.</param>
    /// <param name="name">The parsed name.</param>
    /// <returns>Whether it is a valid name with that suffix.</returns>
    public static bool TryParse(string text, string suffix, out EventFileName name)
    {
        name = default;
        if (
            text.Length <= TimeLength + suffix.Length
            || text[TimeLength] != '_'
            || !text.EndsWith(suffix, StringComparison.Ordinal)
            || !DateTime.TryParseExact(
                text.AsSpan(0, TimeLength),
                TimeFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var time
            )
        )
        {
            return false;
        }

        name = new(time, text[(TimeLength + 1)..^suffix.Length], suffix);
        return true;
    }
}
