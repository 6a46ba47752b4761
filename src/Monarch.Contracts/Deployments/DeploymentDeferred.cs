namespace Monarch.Contracts.Deployments;

/// <summary>A deployment was not begun: as many run as may run at once, or one of the same server does. The saga asks again.</summary>
public sealed record DeploymentDeferred
{
    /// <summary>The server's id.</summary>
    public required Guid ServerId { get; init; }

    /// <summary>The deployment.</summary>
    public required Guid DeploymentId { get; init; }
}
