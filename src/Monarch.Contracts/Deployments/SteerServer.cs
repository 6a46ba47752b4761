namespace Monarch.Contracts.Deployments;

/// <summary>A person or a script steers a server. Its result is in the next <see cref="ServerProgressed"/>.</summary>
public sealed record SteerServer
{
    /// <summary>The server (<see cref="Deployments.ServerId"/>).</summary>
    public required Guid ServerId { get; init; }

    /// <summary>The project's key.</summary>
    public required string Project { get; init; }

    /// <summary>The status.</summary>
    public required IssueStatus Status { get; init; }

    /// <summary>Identifies the command: it is carried out once, even if it is delivered repeatedly.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>What to do.</summary>
    public required SteeringKind Kind { get; init; }

    /// <summary>Who gave it.</summary>
    public required string Actor { get; init; }

    /// <summary>The reason; null when none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was requested (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The end of a hold (UTC); null means until it is resumed.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// The length of a hold from when the saga receives it; it takes precedence over <see cref="Until"/>. Null when none was given.
    /// </summary>
    public TimeSpan? HoldFor { get; init; }

    /// <summary>The deployment that is cancelled or reported; null means the one that runs.</summary>
    public Guid? DeploymentId { get; init; }

    /// <summary>The numbers of the issues to remove; null means all that are queued.</summary>
    public IReadOnlyList<int>? Issues { get; init; }
}
