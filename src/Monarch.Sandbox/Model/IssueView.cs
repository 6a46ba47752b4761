namespace Monarch.Sandbox.Model;

/// <summary>The current state of an issue or pull request.</summary>
/// <param name="Number">Its number in the repository.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its body; null when it has none.</param>
/// <param name="State"><c>open</c> or <c>closed</c>.</param>
/// <param name="IsPullRequest">Whether it is a pull request.</param>
/// <param name="User">Its author's login; null when the account was deleted.</param>
/// <param name="Labels">The names of its labels.</param>
/// <param name="CreatedAt">When it was created (UTC), to the tick.</param>
public sealed record IssueView(
    int Number,
    string Title,
    string? Body,
    string State,
    bool IsPullRequest,
    string? User,
    IReadOnlyList<string> Labels,
    DateTimeOffset CreatedAt
)
{
    /// <summary>Its id, which is unique among the issues of all repositories.</summary>
    public long Id { get; init; }

    /// <summary>Why it was closed or reopened; null: no reason was given.</summary>
    public string? StateReason { get; init; }

    /// <summary>The title of its milestone; null: none.</summary>
    public string? Milestone { get; init; }

    /// <summary>The name of its type; null: none.</summary>
    public string? Type { get; init; }

    /// <summary>The logins of its assignees.</summary>
    public IReadOnlyList<string> Assignees { get; init; } = [];

    /// <summary>Whether it is locked.</summary>
    public bool Locked { get; init; }

    /// <summary>Its comments, in order of creation.</summary>
    public IReadOnlyList<CommentView> Comments { get; init; } = [];

    /// <summary>The parent of this sub-issue, as <c>owner/name#number</c>; null: it is none.</summary>
    public string? Parent { get; init; }

    /// <summary>Its sub-issues in order, as <c>owner/name#number</c>.</summary>
    public IReadOnlyList<string> SubIssues { get; init; } = [];

    /// <summary>The issues that block it, as <c>owner/name#number</c>.</summary>
    public IReadOnlyList<string> BlockedBy { get; init; } = [];

    /// <summary>
    /// The issues that mention it, as <c>owner/name#number</c>: GitHub shows them in its timeline. Those of a seed are not included.
    /// </summary>
    public IReadOnlyList<string> ReferencedBy { get; init; } = [];
}

/// <summary>The current state of a comment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="User">Its author's login; null when the account was deleted.</param>
/// <param name="Body">Its body.</param>
/// <param name="CreatedAt">When it was created (UTC), to the tick.</param>
public sealed record CommentView(long Id, string? User, string Body, DateTimeOffset CreatedAt);
