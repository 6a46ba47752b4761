namespace Monarch.Workers.Http;

/// <summary>Validates a token without disclosing it.</summary>
static class SecretToken
{
    /// <summary>Null when the token can be sent in a header; otherwise the error.</summary>
    public static string? Validate(string key, string token) =>
        token.Trim() switch
        {
            ['"' or '\'', ..] or [.., '"' or '\''] => $"{key} (value hidden) begins or ends with a quotation mark. Write the token without "
                + "quotation marks, or with the same one on both sides.",
            var text when text.AsSpan().ContainsAnyExceptInRange('!', '~') =>
                $"{key} (value hidden) contains whitespace or an invalid character. Copy the token again, without quotation marks.",
            _ => null,
        };
}
