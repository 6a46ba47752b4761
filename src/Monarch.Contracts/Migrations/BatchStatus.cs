namespace Monarch.Contracts.Migrations;

/// <summary>How far a batch is, and in the end how it went.</summary>
public enum BatchStatus
{
    /// <summary>The source's issues are being read.</summary>
    ReadingSource = 0,

    /// <summary>Targets are being resolved, prepared and filled.</summary>
    Migrating = 1,

    /// <summary>Ended: every issue is in every target.</summary>
    Completed = 2,

    /// <summary>Ended: some issues or targets failed, each of them named.</summary>
    CompletedWithFailures = 3,

    /// <summary>Ended: nothing could be copied.</summary>
    Failed = 4,

    /// <summary>Ended: the source has no open issues.</summary>
    Skipped = 5,
}
