namespace Monarch.Contracts.GitHub;

/// <summary>GitHub's limits for an account, and their use.</summary>
public sealed record BudgetReport
{
    /// <summary>The creations a minute that the settings allow; null when they set no limit.</summary>
    public int? CreatesPerMinute { get; init; }

    /// <summary>The creations an hour that the settings allow; null when they set no limit.</summary>
    public int? CreatesPerHour { get; init; }

    /// <summary>
    /// The creations a minute that are granted now: the cap, the learned limit, or the current pace; null when there is no limit.
    /// </summary>
    public int? Pace { get; init; }

    /// <summary>The creations an hour that are granted now: the cap or the learned limit; null when there is no limit.</summary>
    public int? HourlyPace { get; init; }

    /// <summary>Creations that count in the last minute.</summary>
    public required int UsedThisMinute { get; init; }

    /// <summary>Creations that count in the last hour.</summary>
    public required int UsedThisHour { get; init; }

    /// <summary>Requests that may be in flight concurrently now; null when there is no limit.</summary>
    public int? RequestsAtOnce { get; init; }

    /// <summary>How many requests GitHub reports as remaining in the hour; null when it has not reported any.</summary>
    public int? RequestsLeft { get; init; }

    /// <summary>No request is sent before this time (UTC); null when the account is open.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>The reason, for people; null when it is open.</summary>
    public string? ClosedBecause { get; init; }
}
