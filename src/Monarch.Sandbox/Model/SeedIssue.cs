namespace Monarch.Sandbox.Model;

/// <summary>An initial issue or pull request of a repository.</summary>
public sealed class SeedIssue
{
    /// <summary>The title.</summary>
    public string Title { get; set; } = "";

    /// <summary>The Markdown body; null: none.</summary>
    public string? Body { get; set; }

    /// <summary><c>open</c> (the default) or <c>closed</c>.</summary>
    public string State { get; set; } = "open";

    /// <summary>
    /// Why it was closed: <c>completed</c>, <c>not_planned</c> or <c>duplicate</c>; of an open issue <c>reopened</c>.
    /// Null (the default): <c>completed</c> for a closed issue.
    /// </summary>
    public string? StateReason { get; set; }

    /// <summary>Whether it is a pull request. Default false.</summary>
    public bool IsPullRequest { get; set; }

    /// <summary>The author's login; <c>ghost</c>: a deleted account; null: <c>user</c> is null. Default <c>octocat</c>.</summary>
    public string? User { get; set; } = "octocat";

    /// <summary>When it was created; null: an hour apart, the last one an hour ago.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>The names of its labels. Those that are not in <see cref="SeedRepository.Labels"/> are grey.</summary>
    public IList<string> Labels { get; set; } = [];

    /// <summary>The logins of its assignees.</summary>
    public IList<string> Assignees { get; set; } = [];

    /// <summary>
    /// The title of its milestone; null: none. One that is not in <see cref="SeedRepository.Milestones"/> is open and has no due date.
    /// </summary>
    public string? Milestone { get; set; }

    /// <summary>The name of its type, one of its organisation; null: none.</summary>
    public string? Type { get; set; }

    /// <summary>Whether it is locked. Default false.</summary>
    public bool Locked { get; set; }

    /// <summary>Why it was locked, such as <c>resolved</c>; null: no reason was given.</summary>
    public string? LockReason { get; set; }

    /// <summary>Its comments, in order.</summary>
    public IList<SeedComment> Comments { get; set; } = [];

    /// <summary>The numbers of its sub-issues in the same repository, in order.</summary>
    public IList<int> SubIssues { get; set; } = [];

    /// <summary>The numbers of the issues in the same repository that block it.</summary>
    public IList<int> BlockedBy { get; set; } = [];
}
