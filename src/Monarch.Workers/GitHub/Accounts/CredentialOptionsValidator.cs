using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Monarch.Workers.GitHub.Accounts.Apps;
using Monarch.Workers.GitHub.Transport;
using Monarch.Workers.Http;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>Reports every invalid setting with key and remedy, without disclosing a secret.</summary>
sealed class CredentialOptionsValidator(IConfiguration configuration) : IValidateOptions<CredentialOptions>
{
    public ValidateOptionsResult Validate(string? name, CredentialOptions options)
    {
        var errors = (options.HasApp ? AppErrors(options) : TokenErrors(options)).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    IEnumerable<string> TokenErrors(CredentialOptions options)
    {
        if (options.Token is null && options.Tokens is null && IsPublicGitHub)
        {
            yield return "GH_PAT is not set. Set it to a personal access token that may read the source and write issues to the targets, "
                + "or GH_PATS to several, or GH_APP_ID and GH_APP_PRIVATE_KEY to a GitHub App.";
        }

        if (options.Token is not null && SecretToken.Validate("GH_PAT", options.Token) is { } error)
        {
            yield return error;
        }

        foreach (var (index, token) in options.SplitTokens().Index())
        {
            if (token.Length == 0)
            {
                yield return $"GH_PATS (value hidden) has no token at position {index + 1}. Separate the tokens with single commas, "
                    + "without one at the end.";
            }
            else if (SecretToken.Validate($"GH_PATS, token {index + 1},", token) is { } tokenError)
            {
                yield return tokenError;
            }
        }
    }

    static IEnumerable<string> AppErrors(CredentialOptions options)
    {
        if (options.Token is not null || options.Tokens is not null)
        {
            yield return "GH_APP_ID is set together with GH_PAT or GH_PATS. Leave either the App's settings or those of the tokens empty.";
        }

        if (options.AppId is null)
        {
            yield return "GH_APP_ID is not set, but a private key is. Set it to the App ID from the App's settings on GitHub.";
        }
        else if (!options.AppId.All(c => char.IsAsciiLetterOrDigit(c) || c == '.'))
        {
            yield return $"GH_APP_ID is '{options.AppId}', which is not an App's id. Set it to the App ID or the Client ID from the App's "
                + "settings on GitHub.";
        }

        if (options is { AppPrivateKey: not null, AppPrivateKeyFile: not null })
        {
            yield return "GH_APP_PRIVATE_KEY_FILE is set together with GH_APP_PRIVATE_KEY. Leave one of them empty.";
        }
        else if (KeyError(options) is { } error)
        {
            yield return error;
        }
    }

    static string? KeyError(CredentialOptions options)
    {
        const string Remedy =
            "Generate a private key in the App's settings on GitHub, and use the complete .pem file, from -----BEGIN to " + "-----END.";
        var key = options.AppPrivateKeyFile is null
            ? "GH_APP_PRIVATE_KEY (value hidden)"
            : $"GH_APP_PRIVATE_KEY_FILE is '{options.AppPrivateKeyFile}', which";
        try
        {
            if (options.ReadPrivateKey() is not { } pem)
            {
                return $"GH_APP_PRIVATE_KEY is not set, but GH_APP_ID is. {Remedy}";
            }

            if (!AppKey.TryRead(pem, out var read))
            {
                return $"{key} does not contain a private key in PEM format. {Remedy}";
            }

            read.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{key} cannot be read ({e.GetType().Name}). Set it to an existing file that Monarch's user may read.";
        }
    }

    bool IsPublicGitHub =>
        configuration["GITHUB_API_URL"] is not { } url
        || string.IsNullOrWhiteSpace(url)
        || (
            ServiceAddress.TryRead(url, out var address)
            && address.Host.Equals(new Uri(GitHubOptions.PublicApiUrl).Host, StringComparison.OrdinalIgnoreCase)
        );
}
