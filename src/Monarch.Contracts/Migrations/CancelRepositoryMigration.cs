namespace Monarch.Contracts.Migrations;

/// <summary>A batch does not wait for the pair any more. The pair ends when no other batch does; it answers either way.</summary>
public sealed record CancelRepositoryMigration
{
    /// <summary>Identifies the pair.</summary>
    public required Guid PairId { get; init; }

    /// <summary>The run of the batch.</summary>
    public required Guid RunId { get; init; }
}
