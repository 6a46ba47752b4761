using Monarch.Contracts.Migrations;

namespace Monarch.Contracts.DryRuns;

/// <summary>A dry run changed. The event is versioned.</summary>
public sealed record DryRunProgressed
{
    /// <summary>Identifies the dry run.</summary>
    public required Guid DryRunId { get; init; }

    /// <summary>Rises with each event: of two events the one with the higher version is newer.</summary>
    public required int Version { get; init; }

    /// <summary>The status of the dry run.</summary>
    public required DryRunStatus Status { get; init; }

    /// <summary>The template repository as <c>owner/name</c>.</summary>
    public required string Source { get; init; }

    /// <summary>When it was requested (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it ended (UTC); null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether copies that were deleted in a target would be created again.</summary>
    public bool Recreate { get; init; }

    /// <summary>What would be copied; null for all open issues, by the workers' settings.</summary>
    public CopyOptions? Copy { get; init; }

    /// <summary>How many issues each target would have; null until the source is read.</summary>
    public int? IssueCount { get; init; }

    /// <summary>How many targets it has.</summary>
    public required int TargetCount { get; init; }

    /// <summary>The reading of the source waits until this time (UTC); null when it does not wait.</summary>
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>Why the source cannot be read or is waited for; null when neither.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The targets that changed.</summary>
    public required IReadOnlyList<DryRunTarget> Targets { get; init; }
}

/// <summary>One target of a dry run.</summary>
public sealed record DryRunTarget
{
    /// <summary>Its place in the request, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The requested name.</summary>
    public required string Requested { get; init; }

    /// <summary>Its status.</summary>
    public required DryRunTargetStatus Status { get; init; }

    /// <summary>It waits until this time (UTC); null when it does not wait.</summary>
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>Why it waits, is refused or was not checked, with the remedy; null otherwise.</summary>
    public Failure? Failure { get; init; }

    /// <summary>What a migration would do; null unless this event brings it.</summary>
    public TargetPlan? Plan { get; init; }
}
