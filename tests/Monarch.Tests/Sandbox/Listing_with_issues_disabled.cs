using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Listing_with_issues_disabled : SandboxTest
{
    protected override SandboxOptions Options =>
        new()
        {
            ListPullRequestsWhenIssuesAreOff = true,
            Repositories =
            [
                new SeedRepository
                {
                    FullName = Repo,
                    HasIssues = false,
                    GenerateIssues = 3,
                    GeneratePullRequests = 2,
                },
            ],
        };

    [Fact]
    public async Task Should_list_only_pull_requests_when_configured()
    {
        var listed = (await Body(await Get($"repos/{Repo}/issues?state=all"))).AsArray();

        listed.Count.ShouldBe(2);
        listed.ShouldAllBe(i => i!.AsObject().ContainsKey("pull_request"));
    }
}
