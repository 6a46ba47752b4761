using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>Issues that were closed in the source after they were copied.</summary>
public sealed class Closing_the_copies_of_closed_issues : JourneyTest
{
    const string One = "teams/n1";

    [Fact]
    public async Task Should_report_them_and_close_their_copies_only_on_request()
    {
        await CopyAsync("a", "b", "c");
        Seed(new() { Title = "a" }, Closed("b", "not_planned"), Closed("c", "completed"), Closed("never copied", null));

        var view = await MigrateAsync([One]);
        States().ShouldBe(["open", "open", "open"]);
        var note = view.Repositories![0].Notes.ShouldHaveSingleItem();
        (note.Number, note.Kind, note.Field).ShouldBe((0, NoteKind.Kept, "state"));
        note.Message.ShouldContain("issues 2, 3.");

        view = await CloseAsync();
        view.Status.ShouldBe(BatchStatus.Completed);
        view.Repositories![0].Notes.ShouldBeEmpty();
        States().ShouldBe(["open", "closed not_planned", "closed completed"]);

        var writes = Writes();
        await CloseAsync();
        (await MigrateAsync([One])).Repositories![0].Notes.ShouldBeEmpty();
        Writes().ShouldBe(writes);
    }

    [Fact]
    public async Task Should_leave_a_copy_open_that_was_opened_again()
    {
        await CopyAsync("a", "b");
        Seed(Closed("a", null), new() { Title = "b" });
        await CloseAsync();
        await PatchAsync(One, 1, new { state = "open" });
        await CloseAsync();
        States().ShouldBe(["open reopened", "open"]);

        // Another process has forgotten that it closed it once.
        await RestartAsync();
        var view = await CloseAsync();
        States().ShouldBe(["open reopened", "open"]);
        view.Repositories![0].Notes.ShouldHaveSingleItem().Message.ShouldContain("opened again");
    }

    [Fact]
    public async Task Should_close_all_copies_when_no_issue_is_open()
    {
        await CopyAsync("a", "b");
        Seed(Closed("a", null), Closed("b", null));

        (await MigrateAsync([One])).Status.ShouldBe(BatchStatus.Skipped);
        (await CloseAsync()).Status.ShouldBe(BatchStatus.Completed);
        States().ShouldBe(["closed completed", "closed completed"]);
    }

    [Fact]
    public async Task Should_look_only_at_the_issues_that_are_selected()
    {
        await CopyAsync("a", "b");
        Seed(Closed("a", null), Closed("b", null), new() { Title = "c" });
        await EndAsync(await RequestAsync([One], with: [("close_removed", true), ("issues", "2-3")]));

        States().ShouldBe(["open", "closed completed", "open"]);
    }

    [Fact]
    public async Task Should_close_the_others_later_when_a_copy_was_deleted_and_GitHub_refuses()
    {
        await CopyAsync("a", "b", "c", "d");
        Seed(Closed("a", null), Closed("b", null), Closed("c", null), new() { Title = "d" });
        Sandbox.DeleteIssue(One, 1);
        Sandbox.Script(
            new()
            {
                Method = "PATCH",
                Path = "/issues/2$",
                Status = 403,
                Body = """{"message": "Must have admin rights to Repository."}""",
            }
        );
        var view = await CloseAsync();

        States().ShouldBe(["open", "open", "open"]);
        var note = view.Repositories![0].Notes.ShouldHaveSingleItem();
        (note.Number, note.Kind, note.Field).ShouldBe((2, NoteKind.Dropped, "state"));
        await CloseAsync();
        States().ShouldBe(["closed completed", "closed completed", "open"]);
    }

    [Fact]
    public async Task Should_close_many_in_several_steps()
    {
        await CopyAsync("a", "b", "c", "d", "e", "f");
        await RestartAsync(("RUN_SECONDS", "0"));
        Seed([.. "abcdef".Select(title => Closed($"{title}", null))]);

        (await CloseAsync()).Status.ShouldBe(BatchStatus.Completed);
        States().ShouldAllBe(state => state == "closed completed");
    }

    [Fact]
    public async Task Should_also_close_them_when_closed_issues_are_copied()
    {
        await CopyAsync("a", "b");
        Seed(Closed("a", "not_planned"), new() { Title = "b" });
        await EndAsync(await RequestAsync([One], with: [("state", "all")]));
        await EndAsync(await RequestAsync([One], with: [("state", "all"), ("close_removed", true)]));

        States().ShouldBe(["closed not_planned", "open"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_close_despite_a_lost_answer(bool isCarriedOut)
    {
        await CopyAsync("a", "b");
        Seed(Closed("a", null), new() { Title = "b" });
        Sandbox.Script(
            new()
            {
                Method = "PATCH",
                Path = "/issues/1$",
                CarryOut = isCarriedOut,
                Ending = ScriptedEnding.Cut,
            }
        );
        (await CloseAsync()).Status.ShouldBe(BatchStatus.Completed);
        States().ShouldBe(["closed completed", "open"]);
    }

    async Task CopyAsync(params string[] titles)
    {
        Seed([.. titles.Select(title => new SeedIssue { Title = title })]);
        Sandbox.Seed(new() { FullName = One });
        await StartAsync();
        await MigrateAsync([One]);
    }

    async Task<MigrationView> CloseAsync() => await EndAsync(await RequestAsync([One], with: [("close_removed", true)]));

    void Seed(params SeedIssue[] issues) =>
        Sandbox.Seed(
            new()
            {
                FullName = Source,
                Id = 77,
                Issues = issues,
            }
        );

    static SeedIssue Closed(string title, string? reason) =>
        new()
        {
            Title = title,
            State = "closed",
            StateReason = reason,
        };

    IEnumerable<string> States() => Sandbox.Repository(One).Issues!.Select(issue => $"{issue.State} {issue.StateReason}".TrimEnd());
}
