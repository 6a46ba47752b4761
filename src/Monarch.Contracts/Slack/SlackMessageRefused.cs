namespace Monarch.Contracts.Slack;

/// <summary>Slack will not take the message, now or later, without a person's help.</summary>
public sealed record SlackMessageRefused
{
    /// <summary>What the message is about: a batch, or a server (<see cref="Deployments.ServerId"/>).</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>Why, with the remedy.</summary>
    public required Failure Failure { get; init; }
}
