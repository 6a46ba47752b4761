namespace Monarch.Workers.GitHub.Budgets;

/// <summary>How an account stands. Times are UTC, by the budget's clock.</summary>
sealed record BudgetSnapshot
{
    /// <summary>The budget's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The creations a minute that bind now: the cap, a learned ceiling or the present pace; null when there is no limit.</summary>
    public required int? MinuteLimit { get; init; }

    /// <summary>The creations an hour that bind now: the cap or a learned ceiling; null when there is no limit.</summary>
    public required int? HourLimit { get; init; }

    /// <summary>The creations a minute up to which the account has risen; null when it has no pace below the cap.</summary>
    public required int? Pace { get; init; }

    /// <summary>The creations a minute that GitHub has shown not to like more than; null when it has not.</summary>
    public required int? MinuteCeiling { get; init; }

    /// <summary>The same of an hour.</summary>
    public required int? HourCeiling { get; init; }

    /// <summary>Creations that count in the last minute, those under way among them.</summary>
    public required int UsedThisMinute { get; init; }

    /// <summary>The same of the last hour.</summary>
    public required int UsedThisHour { get; init; }

    /// <summary>Creations that have a place in the queue.</summary>
    public required int Reserved { get; init; }

    /// <summary>Requests under way.</summary>
    public required int UnderWay { get; init; }

    /// <summary>Requests that may be under way at once; null when there is no limit.</summary>
    public required int? Window { get; init; }

    /// <summary>Points of the last minute, those under way among them.</summary>
    public required int Points { get; init; }

    /// <summary>The requests that are left of the hour; null when GitHub has not said.</summary>
    public required int? Remaining { get; init; }

    /// <summary>When there are all again; null when GitHub has not said.</summary>
    public required DateTimeOffset? ResetsAt { get; init; }

    /// <summary>Nothing is granted before then; null when the account is open.</summary>
    public required DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>Why it is closed.</summary>
    public required BudgetReason Reason { get; init; }

    /// <summary>How long a request takes.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>When each creation that still counts was answered, oldest first.</summary>
    public required IReadOnlyList<DateTimeOffset> AnsweredAt { get; init; }
}
