using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Credentials.Apps;
using Monarch.Workers.Http;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>Names every bad setting at once: key and remedy, and never a secret.</summary>
sealed class CredentialOptionsValidator(IConfiguration configuration) : IValidateOptions<CredentialOptions>
{
    public ValidateOptionsResult Validate(string? name, CredentialOptions options)
    {
        var faults = (options.HasApp ? AppFaults(options) : TokenFaults(options)).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    IEnumerable<string> TokenFaults(CredentialOptions options)
    {
        if (options.Token is null && options.Tokens is null && IsPublicGitHub)
            yield return "GH_PAT is not set. Set it to a personal access token that may read the source and write issues to the targets, "
                + "or GH_PATS to several, or GH_APP_ID and GH_APP_PRIVATE_KEY to a GitHub App.";

        if (options.Token is not null && SecretToken.Fault("GH_PAT", options.Token) is { } fault)
            yield return fault;

        foreach (var (index, token) in options.PartedTokens().Index())
            if (token.Length == 0)
                yield return $"GH_PATS (value hidden) has nothing in place {index + 1}. Part the tokens by single commas, with none at the end.";
            else if (SecretToken.Fault($"GH_PATS, token {index + 1},", token) is { } bad)
                yield return bad;
    }

    static IEnumerable<string> AppFaults(CredentialOptions options)
    {
        if (options.Token is not null || options.Tokens is not null)
            yield return "GH_APP_ID is set beside GH_PAT or GH_PATS: which of them is meant? Leave the App's settings empty, or those of the tokens.";

        if (options.AppId is null)
            yield return "GH_APP_ID is not set, but a private key is. Set it to the App's id, as it stands in the App's settings on GitHub.";
        else if (!options.AppId.All(c => char.IsAsciiLetterOrDigit(c) || c == '.'))
            yield return $"GH_APP_ID is '{options.AppId}', which is no App's id. Set it to the App ID or the Client ID that stands in the App's settings on GitHub.";

        if (options is { AppPrivateKey: not null, AppPrivateKeyFile: not null })
            yield return "GH_APP_PRIVATE_KEY_FILE is set beside GH_APP_PRIVATE_KEY. Leave one of them empty.";
        else if (KeyFault(options) is { } fault)
            yield return fault;
    }

    static string? KeyFault(CredentialOptions options)
    {
        const string Remedy = "Generate a private key in the App's settings on GitHub, and take the whole .pem file, from -----BEGIN to -----END.";
        var key = options.AppPrivateKeyFile is null ? "GH_APP_PRIVATE_KEY (value hidden)" : $"GH_APP_PRIVATE_KEY_FILE is '{options.AppPrivateKeyFile}', which";
        try
        {
            if (options.ReadPrivateKey() is not { } pem)
                return $"GH_APP_PRIVATE_KEY is not set, but GH_APP_ID is. {Remedy}";
            if (!AppKey.TryRead(pem, out var read))
                return $"{key} does not hold a private key as PEM. {Remedy}";
            read.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{key} cannot be read ({e.GetType().Name}). Name a file that is there, and that the user who runs Monarch may read.";
        }
    }

    bool IsPublicGitHub =>
        configuration["GITHUB_API_URL"] is not { } url
        || string.IsNullOrWhiteSpace(url)
        || (ServiceAddress.TryRead(url, out var address) && address.Host.Equals(new Uri(GitHubOptions.PublicApiUrl).Host, StringComparison.OrdinalIgnoreCase));
}
