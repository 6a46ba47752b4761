namespace Monarch.Contracts.Deployments;

/// <summary>Run the deployment command for a server. Answered by started, deferred or ended.</summary>
public sealed record RunDeployment
{
    /// <summary>The server's id.</summary>
    public required Guid ServerId { get; init; }

    /// <summary>Identifies the deployment: it runs at most once, even if this command is delivered repeatedly.</summary>
    public required Guid DeploymentId { get; init; }

    /// <summary>
    /// Higher than that of every earlier deployment of the server: one with a lower number than the last that was run is not run.
    /// </summary>
    public required long Number { get; init; }

    /// <summary>The project's key.</summary>
    public required string Project { get; init; }

    /// <summary>The status.</summary>
    public required IssueStatus Status { get; init; }

    /// <summary>The issues, in ascending order of their numbers.</summary>
    public required IReadOnlyList<DeployedIssue> Issues { get; init; }
}
