namespace Monarch.Contracts.Deployments;

/// <summary>The command of a deployment is running.</summary>
public sealed record DeploymentStarted
{
    /// <summary>The server's id.</summary>
    public required Guid ServerId { get; init; }

    /// <summary>The deployment.</summary>
    public required Guid DeploymentId { get; init; }

    /// <summary>When it was started (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The issues that the command was given, as its <see cref="RunDeployment"/> listed them.</summary>
    public required IReadOnlyList<DeployedIssue> Issues { get; init; }
}
