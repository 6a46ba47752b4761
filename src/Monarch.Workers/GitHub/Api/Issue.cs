using System.Text.Json.Serialization;

namespace Monarch.Workers.GitHub.Api;

/// <summary>The used fields of an issue or a pull request; GitHub lists both as issues.</summary>
sealed record Issue
{
    public required int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>Null without a body.</summary>
    public string? Body { get; init; }

    /// <summary><c>open</c> or <c>closed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Null when GitHub does not return it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

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
