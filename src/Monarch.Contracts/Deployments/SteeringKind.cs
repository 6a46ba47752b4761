namespace Monarch.Contracts.Deployments;

/// <summary>The commands of a person or a script to a server.</summary>
public enum SteeringKind
{
    /// <summary>Deploy now, without waiting for the quiet period. Also after a failure or an interruption.</summary>
    Deploy,

    /// <summary>Deploy nothing until a time, or until it is resumed.</summary>
    Hold,

    /// <summary>Deploy again after a hold, a failure, an interruption or a cancelled deployment.</summary>
    Resume,

    /// <summary>Cancel the running deployment; the server then waits to be resumed.</summary>
    Cancel,

    /// <summary>Remove issues from the queue.</summary>
    Drop,

    /// <summary>A deployment that Monarch prepared and others ran has succeeded.</summary>
    ReportSucceeded,

    /// <summary>A deployment that Monarch prepared and others ran has failed.</summary>
    ReportFailed,
}
