namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>The limits of an account. Zero disables a limit.</summary>
sealed record BudgetRules
{
    /// <summary>The cost of a request in GitHub's points; a creation costs as much as a write.</summary>
    public const int ReadPoints = 1,
        WritePoints = 5;

    /// <summary>A refusal after fewer creations has another cause: another program uses the account, or GitHub has an outage.</summary>
    public const int FewestToLearnFrom = 5;

    /// <summary>The longest wait of a request, also after a refusal, before GitHub is tried again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>GitHub resets the request limit every hour.</summary>
    public static readonly TimeSpan LongestReset = TimeSpan.FromHours(1);

    public TimeSpan Minute { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan Hour { get; init; } = TimeSpan.FromHours(1);

    public int CreatesPerMinute { get; init; }

    public int CreatesPerHour { get; init; }

    /// <summary>The initial creations a minute of an unknown account.</summary>
    public int StartPerMinute { get; init; }

    /// <summary>The time between the grants of two creations or writes.</summary>
    public TimeSpan WriteGap { get; init; }

    /// <summary>Maximum concurrent requests.</summary>
    public int Concurrency { get; init; }

    public int PointsPerMinute { get; init; }

    /// <summary>A grant that has not ended after this time counts as answered. No request may take longer.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a place in the queue is kept after its time, for the saga to wake up and its command to arrive.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The interval by which points are added up, since a record per request would be too large.</summary>
    public TimeSpan Sixtieth => Minute / 60;
}
