namespace Monarch.Contracts.Deployments;

/// <summary>Why a server is not deployed although issues may be queued for it.</summary>
public enum PauseKind
{
    /// <summary>A person holds it.</summary>
    Held,

    /// <summary>Its deployment failed, and so did the retries.</summary>
    Failed,

    /// <summary>The process that ran its deployment was lost.</summary>
    Interrupted,

    /// <summary>A person cancelled its deployment.</summary>
    Cancelled,
}
