using System.Security.Cryptography;
using System.Text;

namespace Monarch.Workers.Archive.Events;

/// <summary>
/// Identifies a message by its publisher's id, exchange, routing key and payload, so that two different events are distinct even if a
/// publisher uses an id twice.
/// </summary>
static class MessageDigest
{
    /// <summary>The length of a digest in characters.</summary>
    public const int Length = 32;

    /// <summary>Half of a SHA-256 in hexadecimal digits; null without a message id.</summary>
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
