namespace Monarch.Contracts.Migrations;

/// <summary>What a migration copies. A member that is null follows the workers' setting.</summary>
public sealed record CopyOptions
{
    /// <summary>Which issues are copied; null for all open ones.</summary>
    public IssueSelection? Issues { get; init; }

    /// <summary>Whether labels are copied; null for the setting <c>MONARCH_COPY_LABELS</c>.</summary>
    public bool? Labels { get; init; }

    /// <summary>Whether milestones are copied; null for the setting <c>MONARCH_COPY_MILESTONES</c>.</summary>
    public bool? Milestones { get; init; }

    /// <summary>Whether issue types are copied; null for the setting <c>MONARCH_COPY_TYPES</c>.</summary>
    public bool? Types { get; init; }

    /// <summary>
    /// Whether an assignee without an entry in <see cref="AssigneeMap"/> is assigned under the same login; null for the setting
    /// <c>MONARCH_KEEP_ASSIGNEES</c>.
    /// </summary>
    public bool? KeepAssignees { get; init; }

    /// <summary>Assignees of the source with their logins in the targets; null for none. Logins ignore case.</summary>
    public IReadOnlyDictionary<string, string>? AssigneeMap { get; init; }

    /// <summary>
    /// Whether <c>@name</c> stays a mention, which notifies; null for the setting <c>MONARCH_KEEP_MENTIONS</c>.
    /// </summary>
    public bool? KeepMentions { get; init; }

    /// <summary>Whether comments are copied; null for the setting <c>MONARCH_COPY_COMMENTS</c>.</summary>
    public bool? Comments { get; init; }

    /// <summary>
    /// Whether changes of the source since the copy (title, body, labels, milestone) are brought to copies that were not edited in the
    /// target; null means no.
    /// </summary>
    public bool? Update { get; init; }

    /// <summary>
    /// Whether the copies of issues that were closed in the source since they were copied are closed too, unless a person reopened them;
    /// null means no.
    /// </summary>
    public bool? CloseRemoved { get; init; }
}
