namespace Monarch.Contracts.Migrations;

/// <summary>The status of a migration. Values after <see cref="Migrating"/> are final.</summary>
public enum BatchStatus
{
    /// <summary>Accepted; no worker has started it.</summary>
    Queued = 0,

    /// <summary>The source's issues are being read.</summary>
    ReadingSource = 1,

    /// <summary>Targets are being resolved, prepared and filled.</summary>
    Migrating = 2,

    /// <summary>Ended: every issue is in every target.</summary>
    Completed = 3,

    /// <summary>Ended: some issues or targets failed, each with its reason.</summary>
    CompletedWithFailures = 4,

    /// <summary>Ended: nothing could be copied.</summary>
    Failed = 5,

    /// <summary>Ended: the source has no open issues.</summary>
    Skipped = 6,

    /// <summary>Ended: cancelled. Issues already copied stay.</summary>
    Cancelled = 7,
}
