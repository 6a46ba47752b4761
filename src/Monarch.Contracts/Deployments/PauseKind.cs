namespace Monarch.Contracts.Deployments;

/// <summary>Why a server waits for a person to resume it.</summary>
public enum PauseKind
{
    /// <summary>Its deployment failed, and so did the retries.</summary>
    Failed,

    /// <summary>The process that ran its deployment was lost.</summary>
    Interrupted,

    /// <summary>A person cancelled its deployment.</summary>
    Cancelled,
}
