namespace Monarch.Contracts.Migrations;

/// <summary>One target of a batch, as the batch knows it.</summary>
public sealed record TargetProgress
{
    /// <summary>Its place among the batch's targets, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The name that was asked for, as <c>owner/name</c>.</summary>
    public required string Requested { get; init; }

    /// <summary>GitHub's name for it now; null until it is resolved.</summary>
    public string? FullName { get; init; }

    /// <summary>GitHub's numeric id; null until it is resolved.</summary>
    public long? RepositoryId { get; init; }

    /// <summary>How far it is. Between resolved and ended, <see cref="RepositoryProgressed"/> tells more.</summary>
    public required RepositoryStatus Status { get; init; }

    /// <summary>How many issues it was to get; null until it has ended.</summary>
    public int? Total { get; init; }

    /// <summary>How many were created; null until it has ended.</summary>
    public int? Created { get; init; }

    /// <summary>How many were there already; null until it has ended.</summary>
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
