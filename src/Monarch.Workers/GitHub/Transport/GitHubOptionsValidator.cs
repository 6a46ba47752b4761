using System.Globalization;
using Microsoft.Extensions.Options;
using Monarch.Workers.Http;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>Reports every invalid setting with key, value and remedy.</summary>
sealed class GitHubOptionsValidator : IValidateOptions<GitHubOptions>
{
    public ValidateOptionsResult Validate(string? name, GitHubOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    static IEnumerable<string> Errors(GitHubOptions options)
    {
        if (!ServiceAddress.TryRead(options.ApiUrl, out _))
        {
            yield return $"GITHUB_API_URL is {ServiceAddress.Redact(options.ApiUrl)}, which is not the address of an API. "
                + $"Set it to {GitHubOptions.PublicApiUrl}, or for an Enterprise Server to https://<host>/api/v3.";
        }

        if (!DateOnly.TryParseExact(options.ApiVersion, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            yield return $"GITHUB_API_VERSION is '{options.ApiVersion}', which is not a version of GitHub's API. Set it to a date such as "
                + "2022-11-28.";
        }

        if (options.TimeoutSeconds is < 1 or > 600)
        {
            yield return $"GITHUB_TIMEOUT is '{options.TimeoutSeconds}'. Set it to a number of seconds from 1 to 600.";
        }
    }
}
