using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Deployments;
using Monarch.Hosting.Http;

namespace Monarch.Bridge.Trackers;

sealed class TrackerOptionsValidator(IConfiguration configuration) : IValidateOptions<TrackerOptions>
{
    const string NewSecret = "a long random text (openssl rand -hex 32)";

    public ValidateOptionsResult Validate(string? name, TrackerOptions options)
    {
        List<string> faults = [.. StatusFaults(options), .. CallerFaults(options)];
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    static IEnumerable<string> StatusFaults(TrackerOptions options)
    {
        var entries = options.Entries();
        foreach (var (entry, _, _) in entries.Where(entry => entry.Status is null))
        {
            yield return $"{TrackerOptions.StatusesKey} is '{options.Statuses}', "
                + $"and '{entry}' in it is not a status of the tracker with one of {StatusNames.All}. "
                + "Give each by name or id, such as In Test=test,10034=beta.";
        }

        var names = entries.GroupBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var twice in names.Where(same => same.DistinctBy(entry => entry.Status).Count() > 1))
        {
            yield return $"{TrackerOptions.StatusesKey} is '{options.Statuses}', "
                + $"but '{twice.Key}' stands for two statuses in it. Give it one.";
        }
    }

    // No secret value is shown in a fault.
    IEnumerable<string> CallerFaults(TrackerOptions options)
    {
        if (options.JiraSecret is not null && options.JiraSecrets().Count == 0)
        {
            yield return $"{TrackerOptions.SecretKey} holds no secret. Set it to the one that Jira signs with, {NewSecret}.";
        }

        if (options.JiraUser is null && options.JiraPassword is not null)
        {
            yield return $"{TrackerOptions.UserKey} is not set, but {TrackerOptions.PasswordKey} is. Set both, or leave out both.";
        }

        if (options.JiraUser is not null && options.JiraPassword is null)
        {
            yield return $"{TrackerOptions.PasswordKey} is not set, but {TrackerOptions.UserKey} is. "
                + $"Set it to {NewSecret}, or leave out both.";
        }

        if (options.JiraUser?.Contains(':', StringComparison.Ordinal) is true)
        {
            yield return $"{TrackerOptions.UserKey} is '{options.JiraUser}', which holds a colon: Basic authentication cannot carry it. "
                + "Give another name.";
        }

        if (!options.AuthenticatesJira && UsherListener.OpenAddress(configuration) is { } open)
        {
            yield return $"{TrackerOptions.SecretKey} is not set, but USHER_BIND opens Jira's webhook to others ({open}). "
                + $"Set it to the secret that Jira signs with, {NewSecret}; or {TrackerOptions.UserKey} and {TrackerOptions.PasswordKey}. "
                + "One of them is needed also where Jira is not used.";
        }
    }
}
