namespace Monarch.Workers.Http;

/// <summary>Checks a token without ever showing it.</summary>
static class SecretToken
{
    /// <summary>Null when it can be sent in a header; otherwise what is wrong with it.</summary>
    public static string? Fault(string key, string token) => token.Trim() switch
    {
        ['"' or '\'', ..] or [.., '"' or '\''] => $"{key} (value hidden) begins or ends with a quote, which no token does. Write it without quotes, or with the same one on both sides.",
        var text when text.AsSpan().ContainsAnyExceptInRange('!', '~') =>
            $"{key} (value hidden) holds a blank or another character that no token has. Copy it again, without quotes.",
        _ => null,
    };
}
