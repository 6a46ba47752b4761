namespace Monarch.Contracts.Deployments;

/// <summary>
/// A deployment was not started: the limit of concurrent deployments is reached, or one of the same server is running. The saga retries.
/// </summary>
public sealed record DeploymentDeferred
{
    /// <summary>The server's id.</summary>
    public required Guid ServerId { get; init; }

    /// <summary>The deployment.</summary>
    public required Guid DeploymentId { get; init; }
}
