using System.Buffers.Binary;

namespace Monarch.Sandbox.GitHub;

/// <summary>A position in an issue listing: that of an issue, which is stable when other issues are created or deleted.</summary>
/// <param name="Value">The primary sort value; the id comes second.</param>
/// <param name="Id">The issue's id.</param>
readonly record struct Cursor(long Value, long Id) : IComparable<Cursor>
{
    const int Length = 25;
    static ReadOnlySpan<byte> Version => "cursor:v2:"u8;

    public static Cursor Of(Issue issue, string sort) =>
        new(
            sort switch
            {
                "updated" => issue.UpdatedAt.UtcTicks,
                "comments" => issue.Comments,
                _ => 0,
            },
            issue.Id
        );

    /// <summary>Parses the result of <see cref="ToString"/>; null: invalid.</summary>
    public static Cursor? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[Length + 2];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == Length && bytes.StartsWith(Version)
            ? new(BinaryPrimitives.ReadInt64BigEndian(bytes[12..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[21..]))
            : null;
    }

    public int CompareTo(Cursor other) => Value.CompareTo(other.Value) is var order and not 0 ? order : Id.CompareTo(other.Id);

    /// <summary>The format of GitHub's cursors: an array of two numbers in MessagePack.</summary>
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
