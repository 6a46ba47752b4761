namespace Monarch.Contracts.Slack;

/// <summary>Slack shows the message.</summary>
public sealed record SlackMessagePosted
{
    /// <summary>What the message is about: a migration, or a server (<see cref="Deployments.ServerId"/>).</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The channel's id, which <c>chat.update</c> requires.</summary>
    public required string Channel { get; init; }

    /// <summary>Slack's <c>ts</c>, the name of the message in its channel.</summary>
    public required string Timestamp { get; init; }
}
