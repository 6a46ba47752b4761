using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Monarch.Bridge.Trackers;

/// <summary>Authenticates Jira: by the signature of a webhook, or by the user and password of an automation; in constant time.</summary>
sealed class JiraCallers(IOptions<TrackerOptions> options)
{
    const string Signature = "X-Hub-Signature";
    const string Method = "sha256=";
    const string Basic = "Basic ";

    readonly IReadOnlyList<byte[]> _secrets = [.. options.Value.JiraSecrets().Select(Encoding.UTF8.GetBytes)];
    readonly byte[]? _user = options.Value is { JiraUser: { } user, JiraPassword: { } password }
        ? SHA256.HashData(Encoding.UTF8.GetBytes($"{user}:{password}"))
        : null;

    /// <summary>Whether no authentication is configured: then the listener accepts known callers only.</summary>
    public bool HasNone => !options.Value.AuthenticatesJira;

    /// <param name="request">The request.</param>
    /// <param name="body">Its raw body.</param>
    public bool Accepts(HttpRequest request, ReadOnlySpan<byte> body) =>
        HasNone || IsSigned(request.Headers[Signature].ToString(), body) || IsUser(request.Headers.Authorization.ToString());

    bool IsSigned(string header, ReadOnlySpan<byte> body)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        if (
            !header.StartsWith(Method, StringComparison.OrdinalIgnoreCase)
            || header.Length != Method.Length + (2 * given.Length)
            || Convert.FromHexString(header.AsSpan(Method.Length), given, out _, out _) != OperationStatus.Done
        )
        {
            return false;
        }

        var isSigned = false;
        foreach (var secret in _secrets)
        {
            isSigned |= CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(secret, body), given);
        }

        return isSigned;
    }

    bool IsUser(string header)
    {
        if (_user is null || !header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var text = header.AsSpan(Basic.Length).Trim();
        var given = new byte[text.Length];
        return Convert.TryFromBase64Chars(text, given, out var length)
            && CryptographicOperations.FixedTimeEquals(_user, SHA256.HashData(given.AsSpan(0, length)));
    }
}
