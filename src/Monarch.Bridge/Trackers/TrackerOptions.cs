using Microsoft.Extensions.Configuration;
using Monarch.Bridge.Deployments;
using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Trackers;

/// <summary>Which of a tracker's statuses have servers, and how trackers authenticate themselves.</summary>
sealed class TrackerOptions
{
    public const string StatusesKey = "USHER_STATUSES";
    public const string SecretKey = "JIRA_WEBHOOK_SECRET";
    public const string UserKey = "JIRA_WEBHOOK_USER";
    public const string PasswordKey = "JIRA_WEBHOOK_PASSWORD";

    /// <summary>
    /// Statuses of the tracker, by id or by name, each with its status of Usher, separated by commas: <c>In Test=test,10034=beta</c>.
    /// The names stage, test and beta stand for themselves unless they are given another. Null means no others.
    /// </summary>
    [ConfigurationKeyName(StatusesKey)]
    public string? Statuses { get; set; }

    /// <summary>
    /// The secret with which Jira signs its webhook; several separated by commas during a rotation. Null means that signatures are not
    /// checked.
    /// </summary>
    [ConfigurationKeyName(SecretKey)]
    public string? JiraSecret { get; set; }

    /// <summary>The user with which Jira's automation authenticates itself, which does not sign; null means none.</summary>
    [ConfigurationKeyName(UserKey)]
    public string? JiraUser { get; set; }

    /// <summary>The password of that user.</summary>
    [ConfigurationKeyName(PasswordKey)]
    public string? JiraPassword { get; set; }

    /// <summary>Whether Jira has to authenticate itself.</summary>
    public bool AuthenticatesJira => JiraSecret is not null || JiraUser is not null;

    public IReadOnlyList<string> JiraSecrets() =>
        (JiraSecret ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The entries of <see cref="Statuses"/>: each with its status, null when that is invalid.</summary>
    public IReadOnlyList<(string Entry, string Name, IssueStatus? Status)> Entries() =>
        [.. (Statuses ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Read)];

    static (string Entry, string Name, IssueStatus? Status) Read(string entry)
    {
        // A name may hold an equals sign.
        var end = Math.Max(entry.LastIndexOf('='), 0);
        var name = entry[..end].Trim();
        return name.Length > 0 && StatusNames.TryParse(entry[(end + 1)..].Trim().ToLowerInvariant(), out var status)
            ? (entry, name, status)
            : (entry, name, null);
    }
}
