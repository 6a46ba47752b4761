namespace Monarch.Contracts.Migrations;

/// <summary>A command that a person gave to a migration.</summary>
public sealed record Intervention
{
    /// <summary>The command.</summary>
    public required InterventionKind Kind { get; init; }

    /// <summary>The reason, as the person gave it; null when none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was requested (UTC).</summary>
    public required DateTimeOffset At { get; init; }
}
