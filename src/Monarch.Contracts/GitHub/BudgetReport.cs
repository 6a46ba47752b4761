namespace Monarch.Contracts.GitHub;

/// <summary>What an account may ask of GitHub, and how much of it is used.</summary>
public sealed record BudgetReport
{
    /// <summary>The creations a minute that the settings allow; null when they set no limit.</summary>
    public int? CreatesPerMinute { get; init; }

    /// <summary>The creations an hour that the settings allow; null when they set no limit.</summary>
    public int? CreatesPerHour { get; init; }

    /// <summary>The creations a minute that are granted now: the cap, what was learned of GitHub, or the pace so far; null when there is no limit.</summary>
    public int? Pace { get; init; }

    /// <summary>The creations an hour that are granted now: the cap, or what was learned of GitHub; null when there is no limit.</summary>
    public int? HourlyPace { get; init; }

    /// <summary>Creations that count in the last minute.</summary>
    public required int UsedThisMinute { get; init; }

    /// <summary>Creations that count in the last hour.</summary>
    public required int UsedThisHour { get; init; }

    /// <summary>Requests that may be under way at once now; null when there is no limit.</summary>
    public int? RequestsAtOnce { get; init; }

    /// <summary>How many requests GitHub says are left of the hour; null when it has not said.</summary>
    public int? RequestsLeft { get; init; }

    /// <summary>Nothing is asked before then (UTC); null when the account is open.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>Why it is closed, for people; null when it is open.</summary>
    public string? ClosedBecause { get; init; }
}
