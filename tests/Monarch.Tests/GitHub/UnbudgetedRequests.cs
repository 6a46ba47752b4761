using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.RateBudget;

namespace Monarch.Tests.GitHub;

static class UnbudgetedRequests
{
    /// <summary>Creates an issue with an invented grant, for tests of the answer.</summary>
    public static Task<Issue> CreateIssueAsync(
        this GitHubClient client,
        long repositoryId,
        string title,
        string body,
        CancellationToken cancellationToken
    ) =>
        client.CreateIssueAsync(
            repositoryId,
            new(title, body),
            new Admission(new("any", BudgetKind.Create, "any", DateTimeOffset.UnixEpoch, 0, 0), 0),
            long.MaxValue,
            cancellationToken
        );
}
