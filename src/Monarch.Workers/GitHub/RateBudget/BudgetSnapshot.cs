namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>The state of an account. Times are UTC, by the budget's clock.</summary>
sealed record BudgetSnapshot
{
    /// <summary>The time of the budget's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The effective creations a minute: the cap, a learned ceiling or the current pace; null without a limit.</summary>
    public required int? MinuteLimit { get; init; }

    /// <summary>The effective creations an hour: the cap or a learned ceiling; null without a limit.</summary>
    public required int? HourLimit { get; init; }

    /// <summary>The current pace in creations a minute; null when it has reached the cap.</summary>
    public required int? Pace { get; init; }

    /// <summary>The learned ceiling in creations a minute; null without one.</summary>
    public required int? MinuteCeiling { get; init; }

    /// <summary>The learned ceiling in creations an hour; null without one.</summary>
    public required int? HourCeiling { get; init; }

    /// <summary>Creations of the last minute, including those in flight.</summary>
    public required int UsedThisMinute { get; init; }

    /// <summary>Creations of the last hour, including those in flight.</summary>
    public required int UsedThisHour { get; init; }

    /// <summary>Creations and writes in the queue.</summary>
    public required int Reserved { get; init; }

    /// <summary>Requests in flight.</summary>
    public required int UnderWay { get; init; }

    /// <summary>The limit of concurrent requests; null without one.</summary>
    public required int? Window { get; init; }

    /// <summary>Points of the last minute, including requests in flight.</summary>
    public required int Points { get; init; }

    /// <summary>The remaining requests of the hour; null when unknown.</summary>
    public required int? Remaining { get; init; }

    /// <summary>When the hourly limit resets; null when unknown.</summary>
    public required DateTimeOffset? ResetsAt { get; init; }

    /// <summary>The earliest time of the next grant after a refusal; null when the account is not closed.</summary>
    public required DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>The reason of the closure.</summary>
    public required BudgetReason Reason { get; init; }

    /// <summary>The average duration of a request.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>The answer times of the creations that count, oldest first.</summary>
    public required IReadOnlyList<DateTimeOffset> AnsweredAt { get; init; }
}
