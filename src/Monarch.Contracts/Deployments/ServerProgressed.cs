namespace Monarch.Contracts.Deployments;

/// <summary>The current state of a server, in absolute terms; a later version replaces an earlier one.</summary>
public sealed record ServerProgressed
{
    /// <summary>The server's id.</summary>
    public required Guid ServerId { get; init; }

    /// <summary>Of two events the one with the higher version is newer.</summary>
    public required long Version { get; init; }

    /// <summary>The server's name, such as <c>beta.abc.wwts.com</c>.</summary>
    public required string Server { get; init; }

    /// <summary>The project's key.</summary>
    public required string Project { get; init; }

    /// <summary>The status.</summary>
    public required IssueStatus Status { get; init; }

    /// <summary>Its status.</summary>
    public required ServerStatus State { get; init; }

    /// <summary>When it changed last (UTC).</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The issues to deploy, including those of the running deployment, in ascending order.</summary>
    public required IReadOnlyList<QueuedIssue> Issues { get; init; }

    /// <summary>When it will be deployed (UTC); null when nothing is queued, when it is paused, or when its deployment runs.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>A person's hold; null when there is none.</summary>
    public ServerHold? Hold { get; init; }

    /// <summary>Why it waits to be resumed; null when it does not. The end of a hold does not resume it.</summary>
    public ServerPause? Pause { get; init; }

    /// <summary>The deployment that runs or is prepared; null when none is.</summary>
    public DeploymentRecord? Deployment { get; init; }

    /// <summary>The deployments that have ended, newest first, ten at most; the newest with its output.</summary>
    public required IReadOnlyList<DeploymentRecord> Ended { get; init; }

    /// <summary>
    /// Prepared deployments without a reported result before a newer one was prepared, newest first; a report is still accepted.
    /// </summary>
    public IReadOnlyList<DeploymentRecord> Withdrawn { get; init; } = [];

    /// <summary>The latest commands of people and scripts, newest first, twenty at most.</summary>
    public required IReadOnlyList<SteeringRecord> Commands { get; init; }

    /// <summary>Entries of the Bridge's intake stream that are saved with the queue.</summary>
    public required IReadOnlyList<string> SavedIntakeIds { get; init; }
}
