using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>An item of a listing that is not as GitHub documents it hides no other.</summary>
public sealed class Copying_unusual_issues : JourneyTest
{
    const string Listing = """
        [{"id": 1, "number": 1, "title": "First", "state": "open", "body": "one", "labels": [{"id": 9, "name": "bug", "color": "ededed"}]},
         {"id": 2, "number": 2, "title": null, "state": "open", "body": null, "labels": null, "assignees": null, "user": null,
          "milestone": null},
         {"id": 3, "number": 3, "title": "Third", "state": "open", "body": "three",
          "labels": ["bug", {"id": 8, "name": null, "color": "ededed"}]},
         {"id": 4, "number": 4, "title": "Fourth", "state": "open", "body": "four", "labels": []}]
        """;

    [Fact]
    public async Task Should_copy_valid_issues_and_name_the_rest()
    {
        Sandbox.Seed(
            new()
            {
                FullName = Source,
                Id = 77,
                GenerateIssues = 4,
            }
        );
        Sandbox.Seed(new() { FullName = "teams/n1" });
        Sandbox.Script(
            new()
            {
                Path = "/repositories/77/issues$",
                Status = 200,
                Body = Listing,
                Count = 100,
            }
        );
        await StartAsync();
        var view = await MigrateAsync(Teams(1));

        view.Status.ShouldBe(BatchStatus.CompletedWithFailures);
        Titles("teams/n1").ShouldBe(["First", "Third", "Fourth"]);
        var rejected = view.Repositories![0].RejectedIssues.ShouldHaveSingleItem();
        (rejected.Number, rejected.Title, rejected.Failure.Kind).ShouldBe((2, "(no title)", FailureKind.RejectedIssue));
        rejected.Failure.Message.ShouldContain("title");
        rejected.Failure.Remedy.ShouldNotBeNullOrEmpty();
        Sandbox.Requests().Of("POST issues").ShouldBe(3);
    }

    [Fact]
    public async Task Should_ignore_unusual_issues_of_a_team()
    {
        Seed(2, []);
        Sandbox.Seed(
            new()
            {
                FullName = "teams/n1",
                Id = 22,
                Issues = [new() { Title = "Ours" }],
            }
        );
        const string Odd = """[{"number": 1, "title": null, "labels": ["x"], "user": 5}]""";
        Sandbox.Script(
            new()
            {
                Path = "/repositories/22/issues$",
                Method = "GET",
                Status = 200,
                Count = 100,
                Body = Odd,
            }
        );
        await StartAsync();

        (await MigrateAsync(Teams(1))).Status.ShouldBe(BatchStatus.Completed);
        Titles("teams/n1").ShouldBe(["Ours", .. Wanted()]);
    }
}
