namespace Monarch.Contracts.Migrations;

/// <summary>A batch wants the pair to go on.</summary>
public sealed record ResumeRepositoryMigration
{
    /// <summary>Identifies the pair.</summary>
    public required Guid PairId { get; init; }

    /// <summary>The run of the batch.</summary>
    public required Guid RunId { get; init; }
}
