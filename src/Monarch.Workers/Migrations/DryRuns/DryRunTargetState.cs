using Monarch.Contracts;
using Monarch.Contracts.DryRuns;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.DryRuns;

/// <summary>One target of a dry run. Its plan is not kept: it goes to the read model with the event that ends the target.</summary>
sealed class DryRunTargetState : IRetryState
{
    public string Requested { get; set; } = "";

    public DryRunTargetStatus Status { get; set; }

    /// <summary>GitHub's numeric id; null until the target was checked.</summary>
    public long? RepositoryId { get; set; }

    /// <summary>When the check is retried (UTC); null when a command is in flight, and at the end.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    public int Failures { get; set; }

    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? RefusedSince { get; set; }

    public Failure? Failure { get; set; }

    public bool IsEnded() => Status != DryRunTargetStatus.Checking;
}
