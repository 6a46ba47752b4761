namespace Monarch.Contracts.Migrations;

/// <summary>Resumes a paused migration. Ignored when it is not paused.</summary>
public sealed record ResumeMigration
{
    /// <summary>Identifies the migration.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The reason, as a person gave it; null when none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was requested (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }
}
