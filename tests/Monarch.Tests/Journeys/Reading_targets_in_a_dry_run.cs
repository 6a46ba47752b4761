using Monarch.Contracts.DryRuns;
using Monarch.Contracts.Migrations;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>How a dry run reads its targets: in steps, none held by another, and with what a migration reports before its first issue.</summary>
public sealed class Reading_targets_in_a_dry_run : DryRunJourney
{
    [Fact]
    public async Task Should_warn_of_missing_push_access_before_the_first_issue()
    {
        Sandbox.Seed(
            Template(
                new SeedIssue
                {
                    Title = "a",
                    Labels = ["bug"],
                    Milestone = "M1",
                    Type = "Bug",
                }
            )
        );
        SeedTarget(One, target => target.Permission = "pull");
        await StartAsync();

        var dry = await DryRunAsync([One]);
        var plan = dry.Repositories[0].Plan!;
        plan.Create.ShouldBe(1);
        (plan.Labels.Count, plan.Milestones.Count).ShouldBe((0, 0));
        ShouldWarn(plan.Notes.ShouldHaveSingleItem());

        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = "/issues$",
                Status = 503,
                Count = 1000,
            }
        );
        var id = await RequestAsync([One]);
        var running = await UntilAsync(id, view => view.Repositories![0].Notes.Count > 0, "the warning is shown");
        ShouldWarn(running.Repositories![0].Notes.ShouldHaveSingleItem());

        static void ShouldWarn(IssueNote note)
        {
            (note.Number, note.Kind, note.Field).ShouldBe((0, NoteKind.Dropped, "labels, milestones, types"));
            note.Message.ShouldContain("labels bug; milestones M1; types Bug");
            note.Message.ShouldContain("role Write");
        }
    }

    [Fact]
    public async Task Should_continue_a_large_target_where_the_last_step_stopped()
    {
        Sandbox.Seed(Template(new() { Title = "a" }, new() { Title = "b" }));
        SeedTarget(One);
        await StartAsync();
        await MigrateAsync([One]);
        var copies = Sandbox.Repository(One).Issues!.Select(issue => new SeedIssue { Title = issue.Title, Body = issue.Body });
        // The only copies are at the end of 21 pages, of which one command reads 20.
        Sandbox.Seed(
            new()
            {
                FullName = Two,
                Issues = [.. Enumerable.Range(1, 2099).Select(i => new SeedIssue { Title = $"own {i}" }), .. copies.Take(1)],
            }
        );
        await RestartAsync();

        var plan = (await DryRunAsync([Two])).Repositories[0].Plan!;

        (plan.AlreadyThere, plan.Create, plan.IsListingIncomplete).ShouldBe((1, 1, false));
    }

    [Fact]
    public async Task Should_let_a_target_that_GitHub_throttles_hold_no_other()
    {
        Sandbox.Seed(Template(new SeedIssue { Title = "a" }));
        SeedTarget(One);
        SeedTarget(Two);
        await StartAsync();
        Sandbox.Script(
            new()
            {
                Method = "GET",
                Path = $"/repositories/{Sandbox.Repository(One).Id}/issues$",
                Status = 503,
                Headers = { ["Retry-After"] = "2" },
                Count = 1,
            }
        );

        var view = await DryRunAsync([One, Two]);

        view.Status.ShouldBe(DryRunStatus.Completed);
        view.Repositories.Select(x => x.Plan!.Create).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task Should_say_that_deleted_copies_are_created_again_only_on_request()
    {
        Sandbox.Seed(Template(new() { Title = "a" }, new() { Title = "b" }));
        SeedTarget(One);
        await StartAsync();
        await MigrateAsync([One]);
        Sandbox.DeleteIssue(One, 1);

        (await DryRunAsync([One])).Create.ShouldBe(0);
        (await DryRunAsync([One], ("recreate", true))).Repositories[0].Plan!.ToCreate.ShouldBe([new(1, "a")]);
    }

    [Fact]
    public async Task Should_end_with_the_reason_when_the_source_cannot_be_read()
    {
        SeedTarget(One);
        await StartAsync(("GITHUB_NEW_REPO_GRACE", "0"));

        var view = await DryRunAsync([One]);

        view.Status.ShouldBe(DryRunStatus.Failed);
        view.Failure!.Remedy.ShouldNotBeNull();
        view.Repositories[0].Status.ShouldBe(DryRunTargetStatus.NotChecked);
    }
}
