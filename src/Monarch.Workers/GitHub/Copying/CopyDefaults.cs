using Microsoft.Extensions.Configuration;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>What is copied when a request does not say it.</summary>
sealed class CopyDefaults
{
    /// <summary>Whether labels are copied.</summary>
    [ConfigurationKeyName("MONARCH_COPY_LABELS")]
    public bool Labels { get; set; } = true;

    /// <summary>Whether milestones are copied.</summary>
    [ConfigurationKeyName("MONARCH_COPY_MILESTONES")]
    public bool Milestones { get; set; } = true;

    /// <summary>Whether issue types are copied.</summary>
    [ConfigurationKeyName("MONARCH_COPY_TYPES")]
    public bool Types { get; set; } = true;

    /// <summary>Whether assignees are assigned under the same login.</summary>
    [ConfigurationKeyName("MONARCH_KEEP_ASSIGNEES")]
    public bool KeepAssignees { get; set; }

    /// <summary>Whether mentions notify.</summary>
    [ConfigurationKeyName("MONARCH_KEEP_MENTIONS")]
    public bool KeepMentions { get; set; }

    /// <summary>Whether comments are copied.</summary>
    [ConfigurationKeyName("MONARCH_COPY_COMMENTS")]
    public bool Comments { get; set; }

    /// <summary>What a request asks for, with these defaults.</summary>
    public CopyRules Rules(CopyOptions? options) =>
        new(
            options?.Labels ?? Labels,
            options?.Milestones ?? Milestones,
            options?.Types ?? Types,
            options?.KeepAssignees ?? KeepAssignees,
            options?.AssigneeMap,
            options?.KeepMentions ?? KeepMentions,
            options?.Comments ?? Comments
        );
}

/// <summary>What of an issue is copied.</summary>
sealed record CopyRules(
    bool Labels,
    bool Milestones,
    bool Types,
    bool KeepAssignees,
    IReadOnlyDictionary<string, string>? AssigneeMap,
    bool KeepMentions,
    bool Comments
)
{
    /// <summary>The login in the targets of an assignee of the source; null when it is not assigned.</summary>
    public string? AssigneeOf(string login) =>
        AssigneeMap?.FirstOrDefault(pair => pair.Key.Equals(login, StringComparison.OrdinalIgnoreCase)).Value
        ?? (KeepAssignees ? login : null);

    /// <summary>The logins in the targets, each once.</summary>
    public IEnumerable<string> AssigneesOf(IEnumerable<string> logins) =>
        logins.Select(AssigneeOf).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
}

static class CopyOptionsExtensions
{
    /// <summary>The same options without labels, milestone, type and assignees.</summary>
    public static CopyOptions WithoutFields(this CopyOptions options) =>
        options with
        {
            Labels = false,
            Milestones = false,
            Types = false,
            KeepAssignees = false,
            AssigneeMap = null,
        };
}
