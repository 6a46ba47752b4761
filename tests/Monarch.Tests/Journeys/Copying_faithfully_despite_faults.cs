using Monarch.Contracts.Migrations;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>Copies are complete although GitHub loses answers, lists late or empty, and answers a single 404 for what exists.</summary>
public sealed class Copying_faithfully_despite_faults : JourneyTest
{
    const string Target = "teams/n1";
    const string AtSource = "/repositories/77/";
    const string AtTarget = "/repositories/88/";
    const int Hour = 3_600_000;

    [Theory]
    [InlineData("GET", AtTarget + "issues/1$", 1)]
    [InlineData("GET", AtTarget + "issues/2$")]
    [InlineData("GET", AtTarget + "issues/3$")]
    [InlineData("GET", AtTarget + "issues/1/sub_issues$")]
    [InlineData("GET", AtTarget + "issues/2/dependencies/blocked_by$")]
    [InlineData("GET", AtSource + "issues/1/sub_issues$")]
    [InlineData("GET", AtSource + "issues/2/dependencies/blocked_by$")]
    [InlineData("POST", "/sub_issues$")]
    [InlineData("POST", "/blocked_by$")]
    [InlineData("POST", "/labels$")]
    [InlineData("POST", "/milestones$")]
    public async Task Should_not_believe_a_single_404(string method, string path, int before = 0)
    {
        Seed();
        if (before > 0)
        {
            // The look for issues that the target does not list.
            Sandbox.Script(
                new()
                {
                    Method = method,
                    Path = path,
                    Count = before,
                    CarryOut = true,
                    Ending = ScriptedEnding.Genuine,
                }
            );
        }

        Sandbox.Script(
            new()
            {
                Method = method,
                Path = path,
                Status = 404,
                Body = """{"message": "Not Found"}""",
            }
        );
        await ShouldBeFaithfulAsync();
    }

    [Theory]
    [InlineData(AtTarget + "labels$", 2)]
    [InlineData(AtTarget + "milestones$", 2)]
    [InlineData(AtSource + "issues/1/sub_issues$", 1)]
    [InlineData(AtSource + "issues/2/dependencies/blocked_by$", 1)]
    public async Task Should_not_believe_an_empty_listing(string path, int count)
    {
        Seed(target =>
        {
            target.Labels = [new() { Name = "bug" }];
            target.Milestones = [new() { Title = "Own" }, new() { Title = "M2" }, new() { Title = "M1" }];
        });
        ListNothing(path, count);
        await ShouldBeFaithfulAsync();
    }

    [Theory]
    [InlineData("/labels$")]
    [InlineData("/milestones$")]
    [InlineData("/blocked_by$")]
    public async Task Should_find_what_was_created_without_an_answer_and_is_not_listed(string path)
    {
        Seed();
        Sandbox.Faults = new() { ListingLagMilliseconds = Hour };
        LoseAnswer(path);
        await ShouldBeFaithfulAsync();
    }

    [Fact]
    public async Task Should_order_sub_issues_when_one_was_added_without_an_answer_and_is_not_listed()
    {
        Seed();
        LoseAnswer("/sub_issues$");
        // The first listing is empty anyway.
        ListNothing(AtTarget + "issues/1/sub_issues$", 3);
        await ShouldBeFaithfulAsync();
    }

    void Seed(Action<SeedRepository>? change = null)
    {
        Sandbox.Seed(
            new()
            {
                FullName = Source,
                Id = 77,
                Issues =
                [
                    new()
                    {
                        Title = "a",
                        Body = "Before #2",
                        Labels = ["bug"],
                        Milestone = "M1",
                        SubIssues = [3, 2],
                    },
                    new()
                    {
                        Title = "b",
                        Milestone = "M2",
                        BlockedBy = [3],
                    },
                    new() { Title = "c" },
                ],
            }
        );
        var target = new SeedRepository { FullName = Target, Id = 88 };
        change?.Invoke(target);
        Sandbox.Seed(target);
    }

    void LoseAnswer(string path) =>
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = path,
                CarryOut = true,
                Ending = ScriptedEnding.Cut,
            }
        );

    void ListNothing(string path, int count) =>
        Sandbox.Script(
            new()
            {
                Method = "GET",
                Path = path,
                Count = count,
                Status = 200,
                Body = "[]",
            }
        );

    async Task ShouldBeFaithfulAsync()
    {
        await StartAsync();
        var view = await MigrateAsync([Target]);

        view.Status.ShouldBe(BatchStatus.Completed);
        view.Repositories![0].Notes.ShouldBeEmpty();
        var copies = Sandbox.Repository(Target).Issues!;
        copies.Select(copy => copy.Title).ShouldBe(["a", "b", "c"]);
        copies[0].Body!.ShouldStartWith("Before #2\n");
        copies[0].Labels.ShouldBe(["bug"]);
        copies.Select(copy => copy.Milestone).ShouldBe(["M1", "M2", null]);
        copies[0].SubIssues.ShouldBe([$"{Target}#3", $"{Target}#2"]);
        copies[1].BlockedBy.ShouldBe([$"{Target}#3"]);
    }
}
