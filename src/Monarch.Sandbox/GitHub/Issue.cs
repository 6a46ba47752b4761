namespace Monarch.Sandbox.GitHub;

/// <summary>An immutable issue or pull request; a change replaces it.</summary>
sealed record Issue
{
    public required long Id { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public string? Body { get; init; }
    public bool IsOpen { get; init; } = true;
    public string? StateReason { get; init; }
    public bool IsPullRequest { get; init; }

    /// <summary>Whether it was deleted. Its number is not reused.</summary>
    public bool IsDeleted { get; init; }

    public string? User { get; init; }

    /// <summary>The names of its labels; each is in <see cref="Repository.Labels"/>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    public IReadOnlyList<string> Assignees { get; init; } = [];

    /// <summary>The title of its milestone, which is in <see cref="Repository.Milestones"/>.</summary>
    public string? Milestone { get; init; }

    /// <summary>The name of its type.</summary>
    public string? Type { get; init; }

    public bool IsLocked { get; init; }

    /// <summary>Why it was locked; null: no reason was given.</summary>
    public string? LockReason { get; init; }

    /// <summary>The number of its comments.</summary>
    public int Comments { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The login of the account that closed it.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>When it was added to the sandbox, unlike <see cref="CreatedAt"/>: listings lag behind this time.</summary>
    public required DateTimeOffset InsertedAt { get; init; }
}
