namespace Monarch.Contracts.Deployments;

/// <summary>A deployment of a server.</summary>
public sealed record DeploymentRecord
{
    /// <summary>Identifies it.</summary>
    public required Guid DeploymentId { get; init; }

    /// <summary>Higher than that of every earlier deployment of the server.</summary>
    public required long Number { get; init; }

    /// <summary>The issues that it deploys, in ascending order of their numbers.</summary>
    public required IReadOnlyList<DeployedIssue> Issues { get; init; }

    /// <summary>When it was decided on (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The command line; null until a worker has prepared it.</summary>
    public string? Command { get; init; }

    /// <summary>When the command was started (UTC); null before, and for one that Monarch does not run.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended (UTC); null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public DeploymentOutcome? Outcome { get; init; }

    /// <summary>The exit code; null while it is running, and when it was killed or never started.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it did not succeed; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The last lines that the command wrote; empty when it wrote none, and for older deployments.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];
}

/// <summary>An issue of a deployment.</summary>
public sealed record DeployedIssue
{
    /// <summary>Its number in the project.</summary>
    public required int Number { get; init; }

    /// <summary>When it had been moved, the last time before the deployment was decided on (UTC).</summary>
    public required DateTimeOffset MovedAt { get; init; }
}
