namespace Monarch.Contracts.Slack;

/// <summary>Post a message, or change one. Answered by posted, refused or deferred.</summary>
public sealed record PostSlackMessage
{
    /// <summary>What the message is about: a migration, or a server (<see cref="Deployments.ServerId"/>).</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Identifies this command; its answer repeats it.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The channel's id or name.</summary>
    public required string Channel { get; init; }

    /// <summary>The message to change (Slack's <c>ts</c>); null posts a new one.</summary>
    public string? Timestamp { get; init; }

    /// <summary>The message in Slack's mrkdwn.</summary>
    public required string Text { get; init; }
}
