namespace Monarch.Contracts.Deployments;

/// <summary>The command of a deployment has ended, or could not be started.</summary>
public sealed record DeploymentEnded
{
    /// <summary>The server's id.</summary>
    public required Guid ServerId { get; init; }

    /// <summary>The deployment.</summary>
    public required Guid DeploymentId { get; init; }

    /// <summary>
    /// The issues that the command was given, as its <see cref="RunDeployment"/> listed them; empty when it was not started or this is
    /// unknown.
    /// </summary>
    public required IReadOnlyList<DeployedIssue> Issues { get; init; }

    /// <summary>How it ended.</summary>
    public required DeploymentOutcome Outcome { get; init; }

    /// <summary>When the command was started (UTC); null when it was not.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The exit code; null when it was killed or never started.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it did not succeed; null when it did.</summary>
    public string? Reason { get; init; }

    /// <summary>The last lines that the command wrote.</summary>
    public required IReadOnlyList<string> Output { get; init; }
}
