namespace Monarch.Contracts.Deployments;

/// <summary>An issue that is to be deployed.</summary>
public sealed record QueuedIssue
{
    /// <summary>Its number in the project.</summary>
    public required int Number { get; init; }

    /// <summary>When it was moved, the last time (UTC).</summary>
    public required DateTimeOffset MovedAt { get; init; }

    /// <summary>When the server's queue received the first of its moves that no deployment has started with (UTC).</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When the server's queue received the last of its moves (UTC).</summary>
    public required DateTimeOffset RequeuedAt { get; init; }
}
