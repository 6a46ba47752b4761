namespace Monarch.Contracts.Deployments;

/// <summary>How a deployment ended.</summary>
public enum DeploymentOutcome
{
    /// <summary>The command ended with 0. Its issues leave the queue.</summary>
    Succeeded,

    /// <summary>The command ended with another code, could not be started, or took too long. Its issues stay in the queue.</summary>
    Failed,

    /// <summary>A person cancelled it. Its issues stay in the queue.</summary>
    Cancelled,

    /// <summary>The process that ran it was lost or stopped. The state of the server is unknown. Its issues stay in the queue.</summary>
    Interrupted,

    /// <summary>No result was reported: a newer one was prepared, or its issues left the queue.</summary>
    Withdrawn,
}
