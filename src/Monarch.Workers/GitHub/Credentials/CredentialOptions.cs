using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>As whom GitHub is asked: with personal access tokens, or as a GitHub App.</summary>
sealed class CredentialOptions
{
    static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    /// <summary>A personal access token. Null or empty: see the others; with none of them, nothing is sent, which github.com does not allow.</summary>
    [ConfigurationKeyName("GH_PAT")]
    public string? Token { get; set; }

    /// <summary>More personal access tokens, parted by commas or white space; their order means nothing.</summary>
    [ConfigurationKeyName("GH_PATS")]
    public string? Tokens { get; set; }

    /// <summary>The id of a GitHub App, or its client id. Null or empty: no App.</summary>
    [ConfigurationKeyName("GH_APP_ID")]
    public string? AppId { get; set; }

    /// <summary>A private key of the App, as PEM; line ends may be written as <c>\n</c>.</summary>
    [ConfigurationKeyName("GH_APP_PRIVATE_KEY")]
    public string? AppPrivateKey { get; set; }

    /// <summary>The file that holds it, instead.</summary>
    [ConfigurationKeyName("GH_APP_PRIVATE_KEY_FILE")]
    public string? AppPrivateKeyFile { get; set; }

    internal bool HasApp => AppId is not null || AppPrivateKey is not null || AppPrivateKeyFile is not null;

    /// <summary><see cref="Tokens"/>, parted. An empty one stands between two commas, or before the first, or behind the last.</summary>
    internal IReadOnlyList<string> PartedTokens() => Tokens is null
        ? []
        : [.. Tokens.Split(',').SelectMany(part => part.Split(Blanks, StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } tokens ? tokens : [""])];

    /// <summary>The private key, from where it is.</summary>
    /// <exception cref="IOException">Its file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Its file cannot be read.</exception>
    internal string? ReadPrivateKey() => AppPrivateKeyFile is null ? AppPrivateKey : File.ReadAllText(AppPrivateKeyFile);
}
