namespace Monarch.Contracts.Migrations;

/// <summary>How far a batch is, and in the end how it went. What comes after <see cref="Migrating"/> is an end.</summary>
public enum BatchStatus
{
    /// <summary>Accepted; no worker has begun.</summary>
    Queued = 0,

    /// <summary>The source's issues are being read.</summary>
    ReadingSource = 1,

    /// <summary>Targets are being resolved, prepared and filled.</summary>
    Migrating = 2,

    /// <summary>Ended: every issue is in every target.</summary>
    Completed = 3,

    /// <summary>Ended: some issues or targets failed, each of them named.</summary>
    CompletedWithFailures = 4,

    /// <summary>Ended: nothing could be copied.</summary>
    Failed = 5,

    /// <summary>Ended: the source has no open issues.</summary>
    Skipped = 6,

    /// <summary>Ended: somebody cancelled it. What was copied stays.</summary>
    Cancelled = 7,
}
