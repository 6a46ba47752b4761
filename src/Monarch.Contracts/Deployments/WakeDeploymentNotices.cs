namespace Monarch.Contracts.Deployments;

/// <summary>Wakes the saga that posts to Slack about a server.</summary>
public sealed record WakeDeploymentNotices
{
    /// <summary>The server's id.</summary>
    public required Guid ServerId { get; init; }

    /// <summary>The time that came (UTC).</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>True after a restart that lost all messages.</summary>
    public bool IsRestart { get; init; }
}
