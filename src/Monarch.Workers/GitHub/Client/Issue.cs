namespace Monarch.Workers.GitHub.Client;

/// <summary>An issue as GitHub describes it, or a pull request: GitHub lists both as issues.</summary>
sealed record Issue
{
    public required long Id { get; init; }

    public required int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>Null when the issue has none.</summary>
    public string? Body { get; init; }

    /// <summary><c>open</c> or <c>closed</c>.</summary>
    public required string State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its page, for people.</summary>
    public required string HtmlUrl { get; init; }

    /// <summary>Who wrote it; null when the account was deleted.</summary>
    public Account? User { get; init; }

    public IReadOnlyList<Label>? Labels { get; init; }

    public Milestone? Milestone { get; init; }

    public IReadOnlyList<Account>? Assignees { get; init; }

    /// <summary>Present on pull requests only.</summary>
    public PullRequestLink? PullRequest { get; init; }

    public bool IsPullRequest => PullRequest is not null;

    public bool IsOpen => State == "open";
}

/// <summary>An account, of a person or a bot.</summary>
sealed record Account
{
    public required string Login { get; init; }
}

/// <summary>A label of an issue.</summary>
sealed record Label
{
    public required string Name { get; init; }
}

/// <summary>The milestone of an issue.</summary>
sealed record Milestone
{
    public required string Title { get; init; }
}

/// <summary>What makes an issue a pull request.</summary>
sealed record PullRequestLink
{
    public string? HtmlUrl { get; init; }
}
