using Microsoft.Extensions.Options;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>A setting that is there but empty, as in a copied <c>.env</c> file, means none. A secret that is read from a file often ends with a line end.</summary>
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
