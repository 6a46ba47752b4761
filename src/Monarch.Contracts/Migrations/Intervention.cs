namespace Monarch.Contracts.Migrations;

/// <summary>Something that somebody did to a batch.</summary>
public sealed record Intervention
{
    /// <summary>What it was.</summary>
    public required InterventionKind Kind { get; init; }

    /// <summary>Why, in that person's words; null when none were given.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public required DateTimeOffset At { get; init; }
}
