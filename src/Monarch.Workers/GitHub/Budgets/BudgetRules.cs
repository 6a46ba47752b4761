namespace Monarch.Workers.GitHub.Budgets;

/// <summary>What an account may do. Where a number or the gap is zero, there is no such limit.</summary>
sealed record BudgetRules
{
    /// <summary>What one of GitHub's points buys.</summary>
    public const int ReadPoints = 1, CreatePoints = 5;

    /// <summary>A refusal after fewer creations says nothing of their number: somebody else uses the account, or GitHub has trouble.</summary>
    public const int FewestToLearnFrom = 5;

    /// <summary>No request is asked to wait longer, and no refusal is obeyed longer, before GitHub is asked again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>GitHub's requests are counted by the hour.</summary>
    public static readonly TimeSpan LongestReset = TimeSpan.FromHours(1);

    public TimeSpan Minute { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan Hour { get; init; } = TimeSpan.FromHours(1);

    public int CreatesPerMinute { get; init; }

    public int CreatesPerHour { get; init; }

    /// <summary>The creations a minute of an account of which nothing is known.</summary>
    public int StartPerMinute { get; init; }

    /// <summary>Between the grants of two creations.</summary>
    public TimeSpan WriteGap { get; init; }

    /// <summary>Requests under way at once.</summary>
    public int Concurrency { get; init; }

    public int PointsPerMinute { get; init; }

    /// <summary>A request that has not ended so long after its grant is taken for answered then. No request may take longer.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a place in the queue is kept after its time: a saga that sleeps until then has to wake up and its command has to arrive.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The points of a minute are kept by sixtieths: exact would be too many.</summary>
    public TimeSpan Sixtieth => Minute / 60;
}
