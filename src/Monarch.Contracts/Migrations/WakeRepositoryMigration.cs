namespace Monarch.Contracts.Migrations;

/// <summary>A pair's wake-up time has come. Ignored when the pair wants to be woken later, or not at all.</summary>
public sealed record WakeRepositoryMigration
{
    /// <summary>Identifies the pair.</summary>
    public required Guid PairId { get; init; }

    /// <summary>The time that came (UTC), as the saga had saved it.</summary>
    public required DateTimeOffset DueAt { get; init; }
}
