using System.Text.Json.Serialization;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's issue. A pull request has two additional properties.</summary>
sealed record IssueJson
{
    public required string Url { get; init; }
    public required string RepositoryUrl { get; init; }
    public required string LabelsUrl { get; init; }
    public required string CommentsUrl { get; init; }
    public required string EventsUrl { get; init; }
    public required string HtmlUrl { get; init; }
    public required long Id { get; init; }
    public required string NodeId { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required UserJson? User { get; init; }
    public required IReadOnlyList<LabelJson> Labels { get; init; }
    public required string State { get; init; }
    public required bool Locked { get; init; }

    /// <summary>Removed in version 2026-03-10.</summary>
    public required UserJson? Assignee { get; init; }

    public required IReadOnlyList<UserJson> Assignees { get; init; }
    public required MilestoneJson? Milestone { get; init; }
    public required int Comments { get; init; }
    public required string CreatedAt { get; init; }
    public required string UpdatedAt { get; init; }
    public required string? ClosedAt { get; init; }
    public required string AuthorAssociation { get; init; }
    public required string? ActiveLockReason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Draft { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PullRequestJson? PullRequest { get; init; }

    public required string? Body { get; init; }
    public required UserJson? ClosedBy { get; init; }
    public required string TimelineUrl { get; init; }
    public string? PerformedViaGithubApp { get; init; }
    public required string? StateReason { get; init; }

    /// <summary>Whether <see cref="Type"/> and the properties after it are written: an older Enterprise Server has none of them.</summary>
    [JsonIgnore]
    public bool HasRelations { get; init; }

    public IssueTypeJson? Type { get; init; }
    public string? ParentIssueUrl { get; init; }
    public SubIssuesSummaryJson? SubIssuesSummary { get; init; }
    public DependenciesSummaryJson? IssueDependenciesSummary { get; init; }
}

/// <summary>The property that distinguishes a pull request from an issue.</summary>
sealed record PullRequestJson(string Url, string HtmlUrl, string DiffUrl, string PatchUrl, string? MergedAt);

/// <summary>How many of the sub-issues are closed.</summary>
sealed record SubIssuesSummaryJson(int Total, int Completed, int PercentCompleted)
{
    public static SubIssuesSummaryJson Of(int total, int completed) => new(total, completed, total == 0 ? 0 : completed * 100 / total);
}

/// <summary>How many issues it depends on or blocks: the open ones, and all.</summary>
sealed record DependenciesSummaryJson(int BlockedBy, int TotalBlockedBy, int Blocking, int TotalBlocking);
