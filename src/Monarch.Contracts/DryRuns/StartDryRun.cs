using Monarch.Contracts.Migrations;

namespace Monarch.Contracts.DryRuns;

/// <summary>
/// Find out what a migration would do, without changing anything at GitHub. Starts a dry run; a duplicate changes nothing.
/// </summary>
public sealed record StartDryRun
{
    /// <summary>Identifies the dry run.</summary>
    public required Guid DryRunId { get; init; }

    /// <summary>The template repository as <c>owner/name</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The team repositories as <c>owner/name</c>, each once; 500 at most.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>When the request was received (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Whether copies that were deleted in a target would be created again.</summary>
    public bool Recreate { get; init; }

    /// <summary>What would be copied; null for all open issues, by the workers' settings.</summary>
    public CopyOptions? Copy { get; init; }
}
