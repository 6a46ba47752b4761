using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>A retry creates missing issues, regardless of another request for the same repositories.</summary>
public sealed class Retrying_after_another_request : JourneyTest
{
    const string Team = "teams/n1";
    const long TeamId = 22;

    [Fact]
    public async Task Should_retry_rejected_issues_after_another_request_was_cancelled()
    {
        var first = await RejectAsync();
        Sandbox.Script(
            new()
            {
                Method = "GET",
                Path = $"/repositories/{TeamId}$",
                Status = 503,
                Headers = { ["Retry-After"] = "3600" },
            }
        );
        var other = await RequestAsync([Team]);
        await UntilAsync(other, view => view.Repositories is [{ WaitingUntil: not null }], "the other waits before it has read the team");
        await CommandAsync(other, InterventionKind.Cancel);
        (await EndAsync(other)).Status.ShouldBe(BatchStatus.Cancelled);

        await ShouldBeRetriedAsync(first);
    }

    [Fact]
    public async Task Should_retry_rejected_issues_after_another_request_was_refused()
    {
        var first = await RejectAsync();
        Sandbox.Change(Team, new() { Archived = true });
        (await MigrateAsync([Team])).Status.ShouldBe(BatchStatus.Failed);
        Sandbox.Change(Team, new() { Archived = false });

        await ShouldBeRetriedAsync(first);
    }

    async Task<Guid> RejectAsync()
    {
        Seed(3, []);
        Sandbox.Seed(
            new()
            {
                FullName = Team,
                Id = TeamId,
                RejectedTitles = [Wanted()[1]],
            }
        );
        await StartAsync(("GITHUB_RETRIES", "0"));
        var id = await RequestAsync([Team]);
        (await EndAsync(id)).Status.ShouldBe(BatchStatus.CompletedWithFailures);
        return id;
    }

    async Task ShouldBeRetriedAsync(Guid id)
    {
        Sandbox.Change(Team, new() { RejectedTitles = [] });
        await CommandAsync(id, InterventionKind.Retry);
        await UntilAsync(id, view => view.Interventions.Count > 0, "it runs again");
        var end = (await EndAsync(id)).Repositories.ShouldHaveSingleItem();
        (end.Status, end.Created, end.AlreadyThere, end.RejectedIssues.Count).ShouldBe((RepositoryStatus.Completed, 1, 2, 0));
        Titles(Team).ShouldBe(Wanted(), ignoreOrder: true);
    }
}
