namespace Monarch.Contracts.Migrations;

/// <summary>One target of a migration, as the migration knows it.</summary>
public sealed record TargetProgress
{
    /// <summary>Its place among the migration's targets, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The requested name, as <c>owner/name</c>.</summary>
    public required string Requested { get; init; }

    /// <summary>GitHub's name for it now; null until it is resolved.</summary>
    public string? FullName { get; init; }

    /// <summary>GitHub's numeric id; null until it is resolved.</summary>
    public long? RepositoryId { get; init; }

    /// <summary>Its status. Between resolved and ended, <see cref="RepositoryProgressed"/> has the details.</summary>
    public required RepositoryStatus Status { get; init; }

    /// <summary>How many issues it was to get; null until it has ended.</summary>
    public int? Total { get; init; }

    /// <summary>How many were created; null until it has ended.</summary>
    public int? Created { get; init; }

    /// <summary>How many existed already; null until it has ended.</summary>
    public int? AlreadyThere { get; init; }

    /// <summary>How many were rejected; null until it has ended.</summary>
    public int? Rejected { get; init; }

    /// <summary>As in <see cref="RepositoryMigrationCompleted.PassId"/>; null until it has ended.</summary>
    public Guid? PassId { get; init; }

    /// <summary>Its name is looked up again at this time (UTC); null when it does not wait for that.</summary>
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>Why it failed or waits; null when neither.</summary>
    public Failure? Failure { get; init; }
}
