namespace Monarch.Workers.Archive.Reading;

/// <summary>The counts of a verification.</summary>
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

    /// <summary>Distinct paths in manifests.</summary>
    public long Entries { get; set; }

    /// <summary>Files without a manifest entry, if there is a manifest.</summary>
    public long WithoutEntry { get; set; }

    /// <summary>Findings of damage.</summary>
    public long Faults { get; set; }

    /// <summary>Notes, except those about files without an entry.</summary>
    public long Notes { get; set; }
}
