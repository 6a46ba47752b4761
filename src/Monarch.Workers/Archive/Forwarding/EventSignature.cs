using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>Signs requests, so that a receiver can verify their origin and age.</summary>
static class EventSignature
{
    /// <summary>When the request was signed, in seconds since 1970.</summary>
    public const string TimestampHeader = "Monarch-Timestamp";

    /// <summary><c>v1=</c> and the HMAC-SHA-256, in lower-case hexadecimal digits.</summary>
    public const string SignatureHeader = "Monarch-Signature";

    /// <summary>Adds the headers.</summary>
    /// <param name="request">The request.</param>
    /// <param name="secret">The shared secret; its UTF-8 bytes are the key.</param>
    /// <param name="body">The body.</param>
    /// <param name="now">The time of signing.</param>
    public static void Sign(HttpRequestMessage request, string secret, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes($"{timestamp}."));
        hmac.AppendData(body);
        request.Headers.Add(TimestampHeader, timestamp);
        request.Headers.Add(SignatureHeader, $"v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}");
    }
}
