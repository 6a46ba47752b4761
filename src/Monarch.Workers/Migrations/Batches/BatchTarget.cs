using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.Batches;

/// <summary>One target of a migration and, in the end, its outcome.</summary>
sealed class BatchTarget : IRetryState
{
    public string Requested { get; set; } = "";

    /// <summary>GitHub's numeric id; null until the name is resolved.</summary>
    public long? RepositoryId { get; set; }

    public string? FullName { get; set; }

    public RepositoryStatus Status { get; set; }

    /// <summary>When the look-up of its name is retried (UTC); null when the look-up is in flight or done.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    public int Failures { get; set; }

    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? RefusedSince { get; set; }

    public Failure? Failure { get; set; }

    public int? Total { get; set; }

    public int? Created { get; set; }

    public int? AlreadyThere { get; set; }

    public int? Rejected { get; set; }

    /// <summary>The pass under whose id the ledger keeps the rejected issues; null until the target has ended.</summary>
    public Guid? PassId { get; set; }

    /// <summary>Whether a retry includes this target.</summary>
    public bool HasFailed() => Status is RepositoryStatus.Failed or RepositoryStatus.CompletedWithFailures;

    public bool IsEnded() => Status >= RepositoryStatus.Completed;
}
