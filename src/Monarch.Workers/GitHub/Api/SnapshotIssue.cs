using System.Text.Json.Serialization;

namespace Monarch.Workers.GitHub.Api;

/// <summary>The copied fields of an issue of the source.</summary>
/// <param name="Number">Its number in the source.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its body in Markdown; null for none.</param>
/// <param name="Url">The address of its web page.</param>
/// <param name="Unreadable">A required field that cannot be read, so that the issue cannot be copied; null when all can be read.</param>
sealed record SnapshotIssue(int Number, string Title, string? Body, string Url, string? Unreadable = null)
{
    /// <summary>Null for none.</summary>
    public IReadOnlyList<Label>? Labels { get; init; }

    /// <summary>Null for none.</summary>
    public Milestone? Milestone { get; init; }

    /// <summary>The name of its type; null for none.</summary>
    public string? Type { get; init; }

    /// <summary>The logins of its assignees; null for none.</summary>
    public IReadOnlyList<string>? Assignees { get; init; }

    /// <summary>Whether it is closed.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Why it was closed; null when it is open or GitHub does not return it.</summary>
    public string? StateReason { get; init; }

    /// <summary>Whether the conversation is locked.</summary>
    public bool Locked { get; init; }

    /// <summary>Its comments in their order; null for none, and when they are not copied.</summary>
    public IReadOnlyList<SnapshotComment>? Comments { get; init; }

    /// <summary>Its author; null when the account was deleted.</summary>
    public Person? Author { get; init; }

    /// <summary>When it was created (UTC); null when GitHub does not return it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The number of its parent in the source; null for none.</summary>
    public int? Parent { get; init; }

    /// <summary>The numbers of its sub-issues in the source, in their order; null for none.</summary>
    public IReadOnlyList<int>? SubIssues { get; init; }

    /// <summary>The numbers of the issues of the source that block it; null for none.</summary>
    public IReadOnlyList<int>? BlockedBy { get; init; }

    /// <summary>Sub-issues, blocking issues and the parent in other repositories, by their addresses; null for none.</summary>
    public IReadOnlyList<string>? Elsewhere { get; init; }

    [JsonIgnore]
    public bool HasRelations => SubIssues is not null || BlockedBy is not null || Parent is not null || Elsewhere is not null;
}

/// <summary>The copied fields of a comment of the source.</summary>
/// <param name="Id">GitHub's id of the comment.</param>
/// <param name="Author">The login of its author; null when the account was deleted.</param>
/// <param name="CreatedAt">When it was created (UTC); null when GitHub does not return it.</param>
/// <param name="Body">Its text in Markdown; null for none.</param>
/// <param name="Url">The address of its web page.</param>
sealed record SnapshotComment(long Id, string? Author, DateTimeOffset? CreatedAt, string? Body, string Url);
