using Monarch.Contracts;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>One target as it is shown in the message.</summary>
sealed class NotifiedTarget
{
    public int Index { get; set; }

    public string Name { get; set; } = "";

    public long? RepositoryId { get; set; }

    public RepositoryStatus Status { get; set; }

    public int Total { get; set; }

    /// <summary>How many issues are in the target, created or found.</summary>
    public int Done { get; set; }

    public int Rejected { get; set; }

    /// <summary>The pass under whose id the ledger keeps the rejected issues; null until the target has ended.</summary>
    public Guid? PassId { get; set; }

    /// <summary>Why it waits or failed; null when neither.</summary>
    public string? Reason { get; set; }

    /// <summary>What a person can do about the reason; null when nothing.</summary>
    public string? Remedy { get; set; }

    /// <summary>The kind of failure that it waits for or ended with; null when neither.</summary>
    public FailureKind? FailureKind { get; set; }

    /// <summary>What every copy will lack, known before the first issue; null for nothing.</summary>
    public string? Warning { get; set; }

    public DateTimeOffset? WaitingUntil { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>The version of the migration's newest event that reported it.</summary>
    public int BatchVersion { get; set; }

    /// <summary>Whether the migration has reported its outcome, which its repository migration may have reported before.</summary>
    public bool HasOutcome { get; set; }

    /// <summary>The version of the repository migration's newest event that was applied.</summary>
    public int Version { get; set; }

    public bool IsEnded() => Status >= RepositoryStatus.Completed;
}
