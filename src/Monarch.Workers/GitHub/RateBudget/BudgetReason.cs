namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>The reason for a wait. The numbers are stored in Redis.</summary>
enum BudgetReason
{
    None = 0,

    /// <summary>GitHub refused a request because of a rate limit.</summary>
    Refused = 1,

    /// <summary>The hourly request limit.</summary>
    Requests = 2,

    /// <summary>The hourly limit of creations.</summary>
    Hour = 3,

    /// <summary>The limit of creations a minute.</summary>
    Minute = 4,

    /// <summary>The pace, which starts low for an unknown account.</summary>
    Pace = 5,

    /// <summary>The limit of points a minute.</summary>
    Points = 6,

    /// <summary>The gap between two writes, and the order of the queue.</summary>
    Turn = 7,

    /// <summary>The limit of concurrent requests.</summary>
    Busy = 8,

    /// <summary>A single request probes whether GitHub accepts requests.</summary>
    Trial = 9,
}

static class BudgetReasons
{
    /// <summary>The displayed reason, as in "waiting until 14:32:10: GitHub's hourly limit".</summary>
    public static string Words(this BudgetReason reason) =>
        reason switch
        {
            BudgetReason.Refused => "GitHub asked Monarch to wait",
            BudgetReason.Requests => "GitHub's hourly limit of requests",
            BudgetReason.Hour => "GitHub's hourly limit",
            BudgetReason.Minute => "GitHub's limit of creations a minute",
            BudgetReason.Pace => "the pace rises slowly while GitHub accepts it",
            BudgetReason.Points => "GitHub's limit of points a minute",
            BudgetReason.Turn => "GitHub requires a gap between writes",
            BudgetReason.Busy => "the limit of concurrent requests",
            BudgetReason.Trial => "one request probes whether GitHub accepts more",
            _ => "",
        };
}
