using System.Globalization;

namespace Monarch.Workers.Archive.Events;

/// <summary>The name of an event's file: <c>20241201_143022_123456_expense.created.json</c>.</summary>
/// <param name="Time">The time in the name, local or UTC as configured; whole microseconds.</param>
/// <param name="Key">The routing key as it stands in the name (<see cref="RoutingKeyText"/>).</param>
/// <param name="Suffix">What follows the key: one of the constants.</param>
readonly record struct EventFileName(DateTime Time, string Key, string Suffix)
{
    /// <summary>Of an event.</summary>
    public const string EventSuffix = ".json";

    /// <summary>Of the body of a message that is rejected.</summary>
    public const string BodySuffix = ".body";

    /// <summary>Of the reason why a message is rejected.</summary>
    public const string ReasonSuffix = ".reason.json";

    const string TimeFormat = "yyyyMMdd_HHmmss_ffffff";
    const int TimeLength = 22;

    /// <summary>The same with the next microsecond, for a name that is taken.</summary>
    public EventFileName Next() => this with { Time = Time.AddMicroseconds(1) };

    /// <summary>The same event's file of another kind.</summary>
    public EventFileName With(string suffix) => this with { Suffix = suffix };

    /// <summary>The folder of the day, for the layout <c>daily</c>.</summary>
    public string Day => Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => $"{Time.ToString(TimeFormat, CultureInfo.InvariantCulture)}_{Key}{Suffix}";

    /// <summary>Reads a name.</summary>
    /// <param name="text">The name of a file, without a folder.</param>
    /// <param name="suffix">The kind of file that is expected: one of the constants.</param>
    /// <param name="name">The name in its parts.</param>
    /// <returns>Whether it is the name of a file of that kind.</returns>
    public static bool TryParse(string text, string suffix, out EventFileName name)
    {
        name = default;
        if (text.Length <= TimeLength + suffix.Length || text[TimeLength] != '_' || !text.EndsWith(suffix, StringComparison.Ordinal)
            || !DateTime.TryParseExact(text.AsSpan(0, TimeLength), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return false;
        }

        name = new(time, text[(TimeLength + 1)..^suffix.Length], suffix);
        return true;
    }
}
