namespace Monarch.Contracts.Migrations;

/// <summary>A batch wants the pair to start nothing more. The pair pauses when every batch that waits for it wants so.</summary>
public sealed record PauseRepositoryMigration
{
    /// <summary>Identifies the pair.</summary>
    public required Guid PairId { get; init; }

    /// <summary>The run of the batch.</summary>
    public required Guid RunId { get; init; }
}
