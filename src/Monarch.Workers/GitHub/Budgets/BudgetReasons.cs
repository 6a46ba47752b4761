namespace Monarch.Workers.GitHub.Budgets;

static class BudgetReasons
{
    /// <summary>The displayed reason, as in "waiting until 14:32:10: GitHub's hourly limit".</summary>
    public static string Words(this BudgetReason reason) => reason switch
    {
        BudgetReason.Refused => "GitHub asked Monarch to wait",
        BudgetReason.Requests => "GitHub's hourly limit of requests",
        BudgetReason.Hour => "GitHub's hourly limit",
        BudgetReason.Minute => "GitHub's limit of creations a minute",
        BudgetReason.Pace => "the pace rises slowly while GitHub accepts it",
        BudgetReason.Points => "GitHub's limit of points a minute",
        BudgetReason.Turn => "GitHub requires a gap between creations",
        BudgetReason.Busy => "the limit of concurrent requests",
        BudgetReason.Trial => "one request probes whether GitHub accepts more",
        _ => "",
    };
}
