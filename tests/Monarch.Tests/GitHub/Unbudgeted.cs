using Monarch.Workers.GitHub.Budgets;
using Monarch.Workers.GitHub.Client;

namespace Monarch.Tests.GitHub;

static class Unbudgeted
{
    /// <summary>For tests of what the client does with an answer: the grant is made up.</summary>
    public static Task<Issue> CreateIssueAsync(this GitHubClient client, long repositoryId, string title, string body, CancellationToken cancellationToken) =>
        client.CreateIssueAsync(
            repositoryId,
            title,
            body,
            new Admission(new("any", BudgetKind.Create, "any", DateTimeOffset.UnixEpoch, 0, 0), 0),
            long.MaxValue,
            cancellationToken);
}
