namespace Monarch.Contracts.Slack;

/// <summary>Slack did not accept the message now; it is retried later.</summary>
public sealed record SlackMessageDeferred
{
    /// <summary>What the message is about: a migration, or a server (<see cref="Deployments.ServerId"/>).</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>Why, and when it may be retried.</summary>
    public required Failure Failure { get; init; }
}
