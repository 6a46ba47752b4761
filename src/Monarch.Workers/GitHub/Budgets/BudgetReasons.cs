namespace Monarch.Workers.GitHub.Budgets;

static class BudgetReasons
{
    /// <summary>The reason for people, as in "waiting until 14:32:10: GitHub's hourly limit".</summary>
    public static string Words(this BudgetReason reason) => reason switch
    {
        BudgetReason.Refused => "GitHub asked us to wait",
        BudgetReason.Requests => "GitHub's hourly limit of requests",
        BudgetReason.Hour => "GitHub's hourly limit",
        BudgetReason.Minute => "GitHub's limit of creations a minute",
        BudgetReason.Pace => "the pace rises slowly, for as long as GitHub is content",
        BudgetReason.Points => "GitHub's limit of points a minute",
        BudgetReason.Turn => "GitHub wants creations one after the other",
        BudgetReason.Busy => "enough requests are under way",
        BudgetReason.Trial => "one request tries whether GitHub is content",
        _ => "",
    };
}
