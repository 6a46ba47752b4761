namespace Monarch.Contracts.Migrations;

/// <summary>The batch is saved: from now on it ends by itself, and its intake entry may go.</summary>
public sealed record BatchAccepted
{
    /// <summary>Identifies the batch.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>As in <see cref="MigrateIssues.IntakeId"/>; null when there was none.</summary>
    public string? IntakeId { get; init; }
}
