using System.Globalization;

namespace Monarch.Workers.Archive.Reading;

/// <summary>
/// A time as a person writes it: <c>2024-12-01</c>, <c>2024-12-01T14:30</c>, optionally with seconds and a time zone.
/// </summary>
static class ListTime
{
    static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];
    static readonly string[] FormsWithZone = [.. Forms[1..].Select(form => form + "K")];

    /// <summary>Parses a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="zone">The time zone of the result, and of a text without a time zone.</param>
    /// <param name="time">The time in that zone.</param>
    public static bool TryParse(string text, TimeZoneInfo zone, out DateTime time)
    {
        if (DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
        {
            return true;
        }

        var isTime = DateTimeOffset.TryParseExact(text, FormsWithZone, CultureInfo.InvariantCulture, DateTimeStyles.None, out var point);
        time = isTime ? TimeZoneInfo.ConvertTime(point, zone).DateTime : default;
        return isTime;
    }
}
