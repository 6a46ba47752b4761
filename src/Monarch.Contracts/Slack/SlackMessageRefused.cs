namespace Monarch.Contracts.Slack;

/// <summary>Slack refuses the message, now and later, until a person acts.</summary>
public sealed record SlackMessageRefused
{
    /// <summary>What the message is about: a migration, or a server (<see cref="Deployments.ServerId"/>).</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>Why, with the remedy.</summary>
    public required Failure Failure { get; init; }
}
