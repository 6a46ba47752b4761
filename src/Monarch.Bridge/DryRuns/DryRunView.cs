using Monarch.Contracts;
using Monarch.Contracts.DryRuns;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.DryRuns;

/// <summary>A dry run as the API shows it. Its counts are those of the repositories that were checked.</summary>
sealed record DryRunView
{
    /// <summary>Identifies the dry run.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its status.</summary>
    public required DryRunStatus Status { get; init; }

    /// <summary>The template repository.</summary>
    public required string Source { get; init; }

    /// <summary>When it was requested (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it ended (UTC); left out while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether copies that were deleted in a repository would be created again.</summary>
    public bool Recreate { get; init; }

    /// <summary>What the request says about what is copied; left out when it says nothing.</summary>
    public CopyOptions? Copy { get; init; }

    /// <summary>How many issues each repository would have; left out until the source is read.</summary>
    public int? IssueCount { get; init; }

    /// <summary>How many repositories it has.</summary>
    public required int RepositoryCount { get; init; }

    /// <summary>How many of them have a result.</summary>
    public required int RepositoriesChecked { get; init; }

    /// <summary>The reading of the source waits until this time (UTC); left out when it does not wait.</summary>
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>Why the source cannot be read or is waited for; left out when neither.</summary>
    public Failure? Failure { get; init; }

    /// <summary>How many issues would be created, each by a request that counts as a creation of content.</summary>
    public required int Create { get; init; }

    /// <summary>How many comments would be created; each counts as a creation of content too.</summary>
    public required int Comments { get; init; }

    /// <summary>How many existing copies would be changed.</summary>
    public required int Change { get; init; }

    /// <summary>How many copies exist already.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>About how many requests would read.</summary>
    public required int Reads { get; init; }

    /// <summary>How many requests would change something without creating an issue or a comment.</summary>
    public required int Writes { get; init; }

    /// <summary>How long it would take; left out while the dry run runs.</summary>
    public DryRunDuration? Duration { get; init; }

    /// <summary>The first issue that would be created, as it would look; left out when there is none.</summary>
    public PlannedExample? Example { get; init; }

    /// <summary>Each repository.</summary>
    public required IReadOnlyList<DryRunRepositoryView> Repositories { get; init; }
}

/// <summary>How long a migration would take if it began now.</summary>
/// <param name="Seconds">The seconds; left out when unknown.</param>
/// <param name="Basis">What the estimate is based on, or why there is none.</param>
sealed record DryRunDuration(double? Seconds, string Basis);

/// <summary>One repository of a dry run.</summary>
sealed record DryRunRepositoryView
{
    /// <summary>The requested name.</summary>
    public required string Requested { get; init; }

    /// <summary>Its status.</summary>
    public required DryRunTargetStatus Status { get; init; }

    /// <summary>It waits until this time (UTC); left out when it does not wait.</summary>
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>Why it waits, would be refused, or was not checked; left out otherwise.</summary>
    public Failure? Failure { get; init; }

    /// <summary>What a migration would do; left out without a result.</summary>
    public TargetPlan? Plan { get; init; }
}
