namespace Monarch.Contracts.Deployments;

/// <summary>The status of a server.</summary>
public enum ServerStatus
{
    /// <summary>Nothing is queued.</summary>
    Idle,

    /// <summary>Issues are queued; it waits for further moves.</summary>
    Settling,

    /// <summary>It is due, and waits until fewer deployments run.</summary>
    Waiting,

    /// <summary>Its deployment is running.</summary>
    Deploying,

    /// <summary>Its command is prepared, for others to run.</summary>
    Prepared,

    /// <summary>It failed, and is retried after a delay.</summary>
    Retrying,

    /// <summary>A person holds it, or it waits to be resumed after a failure, an interruption or a cancellation.</summary>
    Paused,
}
