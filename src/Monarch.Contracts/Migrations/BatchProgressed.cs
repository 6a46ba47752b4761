namespace Monarch.Contracts.Migrations;

/// <summary>
/// A migration changed. Figures are absolute and versioned: consumers may receive them in any order, any number of times.
/// </summary>
public sealed record BatchProgressed
{
    /// <summary>Identifies the migration.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Rises with each event of the saga: of two events the one with the higher version is newer.</summary>
    public required int Version { get; init; }

    /// <summary>The status of the migration.</summary>
    public required BatchStatus Status { get; init; }

    /// <summary>The source as <c>owner/name</c>: as requested, then as GitHub spells it.</summary>
    public required string Source { get; init; }

    /// <summary>The Slack channel; null means that nothing goes to Slack.</summary>
    public string? NotificationChannel { get; init; }

    /// <summary>When the request was received (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the migration ended (UTC); null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many issues each target gets; null until the source is read.</summary>
    public int? IssueCount { get; init; }

    /// <summary>How many targets the migration has.</summary>
    public required int TargetCount { get; init; }

    /// <summary>How many targets have ended.</summary>
    public required int TargetsEnded { get; init; }

    /// <summary>The migration waits until this time (UTC); null when it does not wait.</summary>
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>Whether it is paused, until it is resumed.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The latest 20 interventions, oldest first.</summary>
    public IReadOnlyList<Intervention> Interventions { get; init; } = [];

    /// <summary>The id of the trace of its current run; null when it has none.</summary>
    public string? TraceId { get; init; }

    /// <summary>Why the migration waits, or why it failed; null when neither.</summary>
    public Failure? Failure { get; init; }

    /// <summary>What the request says about what is copied; null when it says nothing.</summary>
    public CopyOptions? Copy { get; init; }

    /// <summary>The targets that changed in this step, all of them at the start and at the end.</summary>
    public required IReadOnlyList<TargetProgress> Targets { get; init; }
}
