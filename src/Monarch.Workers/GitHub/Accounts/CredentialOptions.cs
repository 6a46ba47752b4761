using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>The credentials for GitHub: personal access tokens or a GitHub App.</summary>
sealed class CredentialOptions
{
    static readonly char[] Whitespace = [' ', '\t', '\r', '\n'];

    /// <summary>A personal access token. Without any credential, requests are anonymous, which is not allowed for github.com.</summary>
    [ConfigurationKeyName("GH_PAT")]
    public string? Token { get; set; }

    /// <summary>Further personal access tokens, separated by commas or whitespace, in any order.</summary>
    [ConfigurationKeyName("GH_PATS")]
    public string? Tokens { get; set; }

    /// <summary>The id or client id of a GitHub App. Null or empty: no App.</summary>
    [ConfigurationKeyName("GH_APP_ID")]
    public string? AppId { get; set; }

    /// <summary>A private key of the App in PEM format; line breaks may be written as <c>\n</c>.</summary>
    [ConfigurationKeyName("GH_APP_PRIVATE_KEY")]
    public string? AppPrivateKey { get; set; }

    /// <summary>The file with the private key, as an alternative.</summary>
    [ConfigurationKeyName("GH_APP_PRIVATE_KEY_FILE")]
    public string? AppPrivateKeyFile { get; set; }

    internal bool HasApp => AppId is not null || AppPrivateKey is not null || AppPrivateKeyFile is not null;

    /// <summary>Splits <see cref="Tokens"/>. A missing token before, between or after commas is an empty string.</summary>
    internal IReadOnlyList<string> SplitTokens() =>
        Tokens is null
            ? []
            :
            [
                .. Tokens
                    .Split(',')
                    .SelectMany(part =>
                        part.Split(Whitespace, StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } tokens ? tokens : [""]
                    ),
            ];

    /// <summary>Reads the private key from the setting or its file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    internal string? ReadPrivateKey() => AppPrivateKeyFile is null ? AppPrivateKey : File.ReadAllText(AppPrivateKeyFile);
}
