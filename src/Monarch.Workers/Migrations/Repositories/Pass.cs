using System.Text.Json;
using System.Text.Json.Serialization;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>One pass through a snapshot of the source.</summary>
sealed record Pass
{
    /// <summary>The id under which its rejected issues are kept; null when an earlier version began the pass.</summary>
    public Guid? Id { get; init; }

    public string SnapshotId { get; init; } = "";

    /// <summary>When the snapshot's reading began (UTC).</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>How many issues the snapshot holds.</summary>
    public int IssueCount { get; init; }

    /// <summary>Whether the snapshot's issues need a second pass.</summary>
    public bool NeedsFinishing { get; init; }

    /// <summary>Whether copies that were deleted in the target are created again.</summary>
    public bool Recreate { get; init; }

    /// <summary>What is copied; null for all open issues, by the workers' settings.</summary>
    public CopyOptions? Copy { get; init; }

    /// <summary>Whether a second pass follows.</summary>
    [JsonIgnore]
    public bool IsFinishedSeparately => NeedsFinishing || Copy?.Update == true;

    /// <summary>Identifies what is copied: equal for equal options.</summary>
    [JsonIgnore]
    public string CopyKey => Copy is null ? "" : JsonSerializer.Serialize(Copy);

    public static Pass From(MigrateRepository request) =>
        new()
        {
            SnapshotId = request.SnapshotId,
            ReadAt = request.SnapshotReadAt,
            IssueCount = request.IssueCount,
            NeedsFinishing = request.NeedsFinishing,
            Recreate = request.Recreate,
            Copy = request.Copy,
        };

    /// <summary>Whether this pass does everything that the other one would do.</summary>
    public bool Covers(Pass other) => (other.SnapshotId == SnapshotId || other.ReadAt <= ReadAt) && (Recreate || !other.Recreate);

    /// <summary>One pass that does what both would do, on the later snapshot.</summary>
    public Pass Merge(Pass other) => WithLatestSnapshot(other) with { Recreate = Recreate || other.Recreate };

    /// <summary>The same pass on the later of both snapshots.</summary>
    public Pass WithLatestSnapshot(Pass other) =>
        other.ReadAt > ReadAt
            ? this with
            {
                SnapshotId = other.SnapshotId,
                ReadAt = other.ReadAt,
                IssueCount = other.IssueCount,
                NeedsFinishing = other.NeedsFinishing,
            }
            : this;
}
