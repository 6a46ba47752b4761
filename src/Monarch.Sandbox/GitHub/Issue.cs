using Monarch.Sandbox.Model;

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
    public IReadOnlyList<string> Labels { get; init; } = [];
    public IReadOnlyList<string> Assignees { get; init; } = [];
    public string? Milestone { get; init; }
    public int Comments { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When it was added to the sandbox, unlike <see cref="CreatedAt"/>: listings lag behind this time.</summary>
    public required DateTimeOffset InsertedAt { get; init; }

    public IssueView View() => new(Number, Title, Body, IsOpen ? "open" : "closed", IsPullRequest, User, Labels, CreatedAt);
}
