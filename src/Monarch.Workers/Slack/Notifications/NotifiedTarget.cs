using Monarch.Contracts;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>What the message says of one target.</summary>
sealed class NotifiedTarget
{
    public int Index { get; set; }

    public string Name { get; set; } = "";

    public long? RepositoryId { get; set; }

    public RepositoryStatus Status { get; set; }

    public int Total { get; set; }

    /// <summary>How many issues are there, new or not.</summary>
    public int Done { get; set; }

    public int Rejected { get; set; }

    /// <summary>The pass under whose id the ledger keeps what was rejected; null until the target has ended.</summary>
    public Guid? PassId { get; set; }

    /// <summary>Why it waits or failed; null when neither.</summary>
    public string? Reason { get; set; }

    /// <summary>What a person can do about the reason; null when nothing.</summary>
    public string? Remedy { get; set; }

    /// <summary>What sort of failure it waits for or ended with; null when neither.</summary>
    public FailureKind? FailureKind { get; set; }

    public DateTimeOffset? WaitingUntil { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>The version of the batch's newest event that told of it.</summary>
    public int BatchVersion { get; set; }

    /// <summary>The batch has told its end. The pair may have told it before.</summary>
    public bool HasOutcome { get; set; }

    /// <summary>The version of the pair's newest event that was taken in.</summary>
    public int Version { get; set; }

    public bool IsEnded() => Status >= RepositoryStatus.Completed;
}
