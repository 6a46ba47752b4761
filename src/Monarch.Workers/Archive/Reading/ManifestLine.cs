using System.Text;

namespace Monarch.Workers.Archive.Reading;

/// <summary>One line of a manifest.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="IsWhole">Whether it ends with a newline; only the last may not.</param>
/// <param name="Path">The path; null when the line is invalid or not whole.</param>
/// <param name="Digest">The SHA-256.</param>
readonly record struct ManifestLine(int Number, bool IsWhole, string? Path, byte[] Digest)
{
    const int DigestDigits = 64;

    // Linux's maximum path length.
    const int LongestLine = DigestDigits + 2 + 4096;

    /// <summary>Reads the lines of a manifest lazily.</summary>
    public static IEnumerable<ManifestLine> Read(Stream manifest)
    {
        var piece = new byte[SegmentReader.PieceBytes];
        var line = new MemoryStream();
        var number = 1;
        while (manifest.Read(piece) is > 0 and var count)
        {
            var begin = 0;
            while (begin < count)
            {
                var length = piece.AsSpan(begin, count - begin).IndexOf((byte)'\n');
                var part = piece.AsSpan(begin, length < 0 ? count - begin : length);
                // The rest of a line that is too long is not kept.
                line.Write(part[..(int)Math.Min(part.Length, LongestLine + 1 - line.Length)]);
                begin += part.Length;
                if (length >= 0)
                {
                    yield return Parse(number++, line.GetBuffer().AsSpan(0, (int)line.Length));
                    line.SetLength(0);
                    begin++;
                }
            }
        }

        if (line.Length > 0)
        {
            yield return new(number, IsWhole: false, null, []);
        }
    }

    // "<64 hex>  <path>", or " *" before the path in binary mode.
    static ManifestLine Parse(int number, ReadOnlySpan<byte> line)
    {
        if (
            line.Length is <= DigestDigits + 2 or > LongestLine
            || line[DigestDigits] != ' '
            || line[DigestDigits + 1] is not ((byte)' ' or (byte)'*')
        )
        {
            return new(number, IsWhole: true, null, []);
        }

        var digest = new byte[DigestDigits / 2];
        return Convert.FromHexString(line[..DigestDigits], digest, out _, out _) == System.Buffers.OperationStatus.Done
            ? new(number, IsWhole: true, Encoding.UTF8.GetString(line[(DigestDigits + 2)..]), digest)
            : new(number, IsWhole: true, null, []);
    }
}
