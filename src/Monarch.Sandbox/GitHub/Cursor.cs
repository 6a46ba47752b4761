using System.Buffers.Binary;

namespace Monarch.Sandbox.GitHub;

/// <summary>A place in a listing of issues: that of an issue, which keeps it when others come or go.</summary>
/// <param name="Value">What the listing is sorted by, before the id.</param>
/// <param name="Id">The issue's id.</param>
readonly record struct Cursor(long Value, long Id) : IComparable<Cursor>
{
    const int Length = 25;
    static ReadOnlySpan<byte> Version => "cursor:v2:"u8;

    public static Cursor Of(Issue issue, string sort) => new(
        sort switch { "updated" => issue.UpdatedAt.UtcTicks, "comments" => issue.Comments, _ => 0 },
        issue.Id);

    /// <summary>Reads what <see cref="ToString"/> wrote; null: it did not.</summary>
    public static Cursor? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[Length + 2];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == Length && bytes.StartsWith(Version)
            ? new(BinaryPrimitives.ReadInt64BigEndian(bytes[12..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[21..]))
            : null;
    }

    public int CompareTo(Cursor other) => Value.CompareTo(other.Value) is var order and not 0 ? order : Id.CompareTo(other.Id);

    /// <summary>In the form of GitHub's own: an array of two numbers in MessagePack.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        Version.CopyTo(bytes);
        (bytes[10], bytes[11], bytes[20]) = (0x92, 0xCF, 0xCE);
        BinaryPrimitives.WriteInt64BigEndian(bytes[12..], Value);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[21..], (uint)Id);
        return Convert.ToBase64String(bytes);
    }
}
