namespace Monarch.Contracts.DryRuns;

/// <summary>The status of a dry run.</summary>
public enum DryRunStatus
{
    /// <summary>Accepted; no worker has started.</summary>
    Queued = 0,

    /// <summary>The source's issues are being read.</summary>
    ReadingSource = 1,

    /// <summary>The targets are being checked.</summary>
    Checking = 2,

    /// <summary>Every target has a result.</summary>
    Completed = 3,

    /// <summary>The source could not be read, so no target was checked.</summary>
    Failed = 4,
}
