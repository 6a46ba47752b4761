using System.Text.Json.Serialization;

namespace Monarch.Workers.GitHub.Api;

/// <summary>The used fields of an issue or a pull request; GitHub lists both as issues.</summary>
sealed record Issue
{
    /// <summary>GitHub's id of the issue, unique among all issues; null when GitHub does not return it.</summary>
    public long? Id { get; init; }

    public required int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>Null without a body.</summary>
    public string? Body { get; init; }

    /// <summary><c>open</c> or <c>closed</c>.</summary>
    public required string State { get; init; }

    /// <summary>
    /// Why it was closed, <c>completed</c>, <c>not_planned</c> or <c>duplicate</c>, or that it was <c>reopened</c>; null when neither, and on older servers.
    /// </summary>
    public string? StateReason { get; init; }

    /// <summary>Null when GitHub does not return it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Null when GitHub does not return it.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Its author; null when the account was deleted.</summary>
    public Person? User { get; init; }

    /// <summary>Null when GitHub does not return them.</summary>
    public IReadOnlyList<Label>? Labels { get; init; }

    /// <summary>Null without a milestone.</summary>
    public Milestone? Milestone { get; init; }

    /// <summary>Null without a type, and on older servers.</summary>
    public IssueType? Type { get; init; }

    /// <summary>Null when GitHub does not return them.</summary>
    public IReadOnlyList<Person>? Assignees { get; init; }

    /// <summary>The number of comments.</summary>
    public int Comments { get; init; }

    /// <summary>Whether the conversation is locked.</summary>
    public bool Locked { get; init; }

    /// <summary>The API's address of the parent; null without one, and on older servers.</summary>
    public string? ParentIssueUrl { get; init; }

    /// <summary>The API's address of the repository; null when GitHub does not return it.</summary>
    public string? RepositoryUrl { get; init; }

    /// <summary>Null on older servers.</summary>
    public SubIssuesSummary? SubIssuesSummary { get; init; }

    /// <summary>Null on older servers.</summary>
    public IssueDependenciesSummary? IssueDependenciesSummary { get; init; }

    /// <summary>The address of its web page; null when GitHub does not return it.</summary>
    public string? HtmlUrl { get; init; }

    /// <summary>Null except on pull requests.</summary>
    public PullRequestLink? PullRequest { get; init; }

    /// <summary>A required field that cannot be read, so that the issue cannot be copied; null when all can be read.</summary>
    [JsonIgnore]
    public string? Unreadable { get; init; }

    public bool IsPullRequest => PullRequest is not null;

    public bool IsOpen => State == "open";
}

/// <summary>Marks an issue as a pull request.</summary>
sealed record PullRequestLink;
