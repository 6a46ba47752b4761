namespace Monarch.Workers.Http;

/// <summary>Checks a token without ever showing it.</summary>
static class SecretToken
{
    /// <summary>Null when it can be sent in a header; otherwise what is wrong with it.</summary>
    public static string? Fault(string key, string token) => token.Trim().AsSpan().ContainsAnyExceptInRange('!', '~')
        ? $"{key} (value hidden) holds a blank or another character that no token has. Copy it again, without quotes."
        : null;
}
