using Microsoft.Extensions.Options;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>
/// Treats an empty setting, as in a copied <c>.env</c> file, as missing, and trims the line break of a secret read from a file.
/// </summary>
sealed class CredentialOptionsDefaults : IPostConfigureOptions<CredentialOptions>
{
    public void PostConfigure(string? name, CredentialOptions options)
    {
        options.Token = Trimmed(options.Token);
        options.Tokens = Trimmed(options.Tokens);
        options.AppId = Trimmed(options.AppId);
        options.AppPrivateKey = Trimmed(options.AppPrivateKey);
        options.AppPrivateKeyFile = Trimmed(options.AppPrivateKeyFile);
    }

    static string? Trimmed(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
