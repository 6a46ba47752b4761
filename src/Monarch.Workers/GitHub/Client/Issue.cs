using System.Text.Json.Serialization;

namespace Monarch.Workers.GitHub.Client;

/// <summary>An issue as GitHub describes it, or a pull request: GitHub lists both as issues. Only what is needed of it is read.</summary>
sealed record Issue
{
    public required int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>Null when the issue has none.</summary>
    public string? Body { get; init; }

    /// <summary><c>open</c> or <c>closed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Null when GitHub does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Its page, for people; null when GitHub does not say.</summary>
    public string? HtmlUrl { get; init; }

    /// <summary>Present on pull requests only.</summary>
    public PullRequestLink? PullRequest { get; init; }

    /// <summary>The field without which it cannot be copied and that cannot be read; null when there is none.</summary>
    [JsonIgnore]
    public string? Unreadable { get; init; }

    public bool IsPullRequest => PullRequest is not null;

    public bool IsOpen => State == "open";
}

/// <summary>What makes an issue a pull request.</summary>
sealed record PullRequestLink;
