using System.Globalization;

namespace Monarch.Hosting.Logging.Store;

/// <summary>The id of a stream entry: <c>1526919030474-55</c>.</summary>
readonly record struct EntryId(long Milliseconds, long Number) : IComparable<EntryId>
{
    public static EntryId Largest { get; } = new(long.MaxValue, long.MaxValue);

    /// <summary>The largest id that is smaller.</summary>
    public EntryId Before => Number > 0 ? this with { Number = Number - 1 } : new(Milliseconds - 1, long.MaxValue);

    public static bool TryParse(string text, out EntryId id)
    {
        id = default;
        if (
            text.Split('-') is not [var first, var second]
            || !long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || !long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
        {
            return false;
        }

        id = new(milliseconds, number);
        return true;
    }

    public static EntryId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not the id of an entry.");

    public int CompareTo(EntryId other) =>
        Milliseconds == other.Milliseconds ? Number.CompareTo(other.Number) : Milliseconds.CompareTo(other.Milliseconds);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}-{Number}");
}
