namespace Monarch.Contracts.Migrations;

/// <summary>Copy the open issues of a source repository into every target. Starts a migration; a duplicate is answered again.</summary>
public sealed record MigrateIssues
{
    /// <summary>Identifies the migration.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The template repository as <c>owner/name</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The team repositories as <c>owner/name</c>, each once; 500 at most.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The Slack channel's id or name; null means that nothing goes to Slack.</summary>
    public string? NotificationChannel { get; init; }

    /// <summary>When the request was received (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Whether copies that were deleted in a target are created again.</summary>
    public bool Recreate { get; init; }

    /// <summary>What is copied; null for all open issues, by the workers' settings.</summary>
    public CopyOptions? Copy { get; init; }

    /// <summary>
    /// The request's entry in the intake, repeated in <see cref="BatchAccepted"/>; null when it did not come through the intake.
    /// </summary>
    public string? IntakeId { get; init; }
}
