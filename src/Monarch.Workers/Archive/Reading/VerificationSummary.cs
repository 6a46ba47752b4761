namespace Monarch.Workers.Archive.Reading;

/// <summary>What was verified, in numbers.</summary>
sealed record VerificationSummary
{
    /// <summary>Files of one event each.</summary>
    public long Events { get; set; }

    /// <summary>Files of many events.</summary>
    public long Segments { get; set; }

    /// <summary>Whole lines of segments.</summary>
    public long Lines { get; set; }

    /// <summary>Bodies of rejected messages.</summary>
    public long Rejected { get; set; }

    /// <summary>Manifests.</summary>
    public long Manifests { get; set; }

    /// <summary>Paths that stand in a manifest, each counted once.</summary>
    public long Entries { get; set; }

    /// <summary>Files that stand in no manifest, while there is one.</summary>
    public long WithoutEntry { get; set; }

    /// <summary>Damage.</summary>
    public long Faults { get; set; }

    /// <summary>What is worth a note, files without an entry not among it.</summary>
    public long Notes { get; set; }
}
