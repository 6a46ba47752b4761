namespace Monarch.Contracts.Deployments;

/// <summary>What a person or a script can do to a server's queue.</summary>
public enum SteeringKind
{
    /// <summary>Deploy now, without waiting for the quiet period. Also after a failure or an interruption.</summary>
    Deploy,

    /// <summary>Deploy nothing until a time, or until it is resumed.</summary>
    Hold,

    /// <summary>Deploy again after a hold, a failure, an interruption or a cancelled deployment.</summary>
    Resume,

    /// <summary>End the deployment that runs; the server then waits to be resumed.</summary>
    Cancel,

    /// <summary>Remove issues from the queue.</summary>
    Drop,

    /// <summary>A deployment that Monarch prepared and others ran has succeeded.</summary>
    ReportSucceeded,

    /// <summary>A deployment that Monarch prepared and others ran has failed.</summary>
    ReportFailed,
}
