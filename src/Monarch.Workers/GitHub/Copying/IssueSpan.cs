using System.Diagnostics;
using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>The span of one attempt, including the wait for the budget, the ledger, searches and the post.</summary>
static class IssueSpan
{
    public const string Outcome = "monarch.issue.outcome";

    static readonly ActivitySource Source = new("Monarch.Workers");

    public static Activity? Begin(int number)
    {
        var span = Source.StartActivity("create issue");
        span?.SetTag(TraceTags.Issue, number);
        return span;
    }
}
