namespace Monarch.Contracts.GitHub;

/// <summary>Read the source's open issues into a snapshot. Answered by read, refused or deferred.</summary>
public sealed record ReadSourceIssues
{
    /// <summary>The migration that receives the answer.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Identifies this command; its answer repeats it.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The source as <c>owner/name</c>.</summary>
    public required string Source { get; init; }
}
