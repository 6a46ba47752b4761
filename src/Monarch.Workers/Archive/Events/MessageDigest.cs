using System.Security.Cryptography;
using System.Text;

namespace Monarch.Workers.Archive.Events;

/// <summary>
/// What identifies a message: its publisher's id, with exchange, routing key and payload. Two different events are never taken for one, even
/// where a publisher uses an id twice.
/// </summary>
static class MessageDigest
{
    /// <summary>Characters of a digest.</summary>
    public const int Length = 32;

    /// <summary>Half of a SHA-256 in hexadecimal digits; null when the publisher gave no id.</summary>
    public static string? Of(PublishedEvent published)
    {
        if (string.IsNullOrEmpty(published.MessageId))
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in (ReadOnlySpan<string>)[published.MessageId, published.Exchange, published.RoutingKey])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        hash.AppendData(published.Body.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Length];
    }
}
