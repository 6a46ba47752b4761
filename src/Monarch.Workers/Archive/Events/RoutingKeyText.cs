using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monarch.Workers.Archive.Events;

/// <summary>A routing key as a part of a file name: letters, digits, dot, underscore, hyphen and percent sign only.</summary>
static class RoutingKeyText
{
    /// <summary>
    /// The maximum length in characters. With time, suffix and the additions of temporary files, a name stays below Linux's limit of 255
    /// bytes.
    /// </summary>
    public const int Longest = 160;

    /// <summary>The characters that are not encoded.</summary>
    public static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
    );

    const string DigestMark = "-sha256-";
    const int DigestDigits = 32;

    /// <summary>
    /// Percent-encodes other characters as UTF-8; a text that would be too long is truncated and ends with a digest of the whole key.
    /// </summary>
    /// <param name="routingKey">The key as it was published.</param>
    public static string Of(string routingKey)
    {
        if (routingKey.Length <= Longest && !routingKey.AsSpan().ContainsAnyExcept(Plain))
        {
            return routingKey;
        }

        var bytes = Encoding.UTF8.GetBytes(routingKey);
        var text = new StringBuilder(bytes.Length);
        // The last position for truncation, which must not split an encoded character.
        var cut = 0;
        foreach (var value in bytes)
        {
            var isContinuation = (value & 0xC0) == 0x80;
            if (!isContinuation && text.Length <= Longest - DigestMark.Length - DigestDigits)
            {
                cut = text.Length;
            }

            if (Plain.Contains((char)value))
            {
                text.Append((char)value);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return text.Length <= Longest
            ? text.ToString()
            : $"{text.ToString(0, cut)}{DigestMark}{Convert.ToHexStringLower(SHA256.HashData(bytes))[..DigestDigits]}";
    }
}
