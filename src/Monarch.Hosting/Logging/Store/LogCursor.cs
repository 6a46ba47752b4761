using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Monarch.Hosting.Logging.Store;

/// <summary>The position of a line: the following lines are older. New lines do not move it.</summary>
public sealed record LogCursor
{
    internal LogCursor(DateOnly day, EntryId id) => (Day, Id) = (day, id);

    internal DateOnly Day { get; }

    internal EntryId Id { get; }

    /// <summary>Parses the result of <see cref="ToString"/>; null when the text is invalid.</summary>
    /// <param name="text">The opaque form of the cursor.</param>
    public static LogCursor? Parse(string text)
    {
        try
        {
            return
                Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('/') is [var day, var id]
                && DateOnly.TryParseExact(day, LogKeys.DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
                && EntryId.TryParse(id, out var place)
                ? new(parsed, place)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Opaque to callers, and safe in a URL.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{LogKeys.Text(Day)}/{Id}"));
}
