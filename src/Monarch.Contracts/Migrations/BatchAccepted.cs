namespace Monarch.Contracts.Migrations;

/// <summary>The migration is saved: from now on it runs to its end, and its intake entry may be removed.</summary>
public sealed record BatchAccepted
{
    /// <summary>Identifies the migration.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>As in <see cref="MigrateIssues.IntakeId"/>; null when there was none.</summary>
    public string? IntakeId { get; init; }
}
