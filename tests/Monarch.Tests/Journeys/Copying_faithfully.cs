using Monarch.Contracts.Migrations;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>Every part of an issue that is copied, converted or reported, in two targets whose numbering differs.</summary>
public sealed class Copying_faithfully : JourneyTest
{
    const string One = "teams/n1";
    const string Two = "teams/n2";

    protected override SandboxOptions Options =>
        new() { Organisations = [new() { Login = "teams", IssueTypes = [new() { Name = "Bug" }] }, School] };

    static SeedOrganisation School => new() { Login = "school", IssueTypes = [new() { Name = "Bug" }, new() { Name = "Epic" }] };

    [Fact]
    public async Task Should_create_missing_labels_and_milestones_and_leave_existing_ones()
    {
        var due = new DateTimeOffset(2027, 3, 31, 0, 0, 0, TimeSpan.Zero);
        SeedSource(
            source =>
            {
                source.Labels =
                [
                    new()
                    {
                        Name = "Backend",
                        Color = "0e8a16",
                        Description = "The API",
                    },
                    new() { Name = "unused" },
                ];
                source.Milestones =
                [
                    new()
                    {
                        Title = "Sprint 1",
                        Description = "The first",
                        DueOn = due,
                    },
                    new() { Title = "Sprint 0", State = "closed" },
                ];
            },
            new()
            {
                Title = "a",
                Labels = ["Backend"],
                Milestone = "Sprint 1",
            },
            new() { Title = "b", Milestone = "Sprint 0" }
        );
        SeedTarget(One);
        SeedTarget(
            Two,
            target =>
            {
                target.Labels = [new() { Name = "BACKEND", Color = "ff0000" }];
                target.Milestones = [new() { Title = "Own" }, new() { Title = "Sprint 1", Description = "Changed" }];
            },
            own: 2
        );
        await StartAsync();
        var view = await MigrateAsync([One, Two]);

        view.Status.ShouldBe(BatchStatus.Completed);
        view.Repositories!.ShouldAllBe(repository => repository.Notes.Count == 0);
        var (one, two) = (Sandbox.Repository(One), Sandbox.Repository(Two));
        one.Labels.ShouldBe([new("Backend", "0e8a16", "The API")]);
        one.Milestones.Select(x => (x.Title, x.Description, x.State, x.DueOn))
            .ShouldBe([("Sprint 1", "The first", "open", (DateTimeOffset?)due), ("Sprint 0", null, "closed", null)], ignoreOrder: true);
        Copies(One).Select(x => (x.Milestone, string.Join(",", x.Labels))).ShouldBe([("Sprint 1", "Backend"), ("Sprint 0", "")]);
        two.Labels.ShouldBe([new("BACKEND", "ff0000", null)]);
        two.Milestones.Select(x => (x.Title, x.Description)).ShouldBe([("Own", null), ("Sprint 1", "Changed"), ("Sprint 0", null)]);
        Copies(Two).Select(x => (x.Milestone, string.Join(",", x.Labels))).ShouldBe([("Sprint 1", "BACKEND"), ("Sprint 0", "")]);

        // A second migration creates nothing.
        var writes = Writes();
        await MigrateAsync([One, Two]);
        Writes().ShouldBe(writes);
    }

    [Fact]
    public async Task Should_report_what_GitHub_drops_without_push_access()
    {
        SeedSource(
            source => source.Labels = [new() { Name = "bug" }],
            new()
            {
                Title = "a",
                Labels = ["bug"],
                Milestone = "M1",
                Type = "Bug",
            },
            new() { Title = "b" }
        );
        SeedTarget(One, target => target.Permission = "pull");
        await StartAsync();
        var view = await MigrateAsync([One]);

        view.Status.ShouldBe(BatchStatus.Completed);
        Titles(One).ShouldBe(["a", "b"]);
        var notes = view.Repositories![0].Notes;
        notes
            .Where(note => note.Number == 1)
            .Select(note => (note.Kind, note.Field))
            .ShouldBe([(NoteKind.Dropped, "labels"), (NoteKind.Dropped, "milestone"), (NoteKind.Dropped, "type")]);
        (await SlackAsync(2))[^1].Text.ShouldContain("labels of issue 1 not copied");
    }

    [Fact]
    public async Task Should_set_the_types_that_the_organisation_has_and_report_the_others()
    {
        SeedSource(_ => { }, new() { Title = "a", Type = "Bug" }, new() { Title = "b", Type = "Epic" });
        SeedTarget(One);
        await StartAsync();
        var view = await MigrateAsync([One]);

        Copies(One).Select(x => x.Type).ShouldBe(["Bug", null]);
        var note = view.Repositories![0].Notes.ShouldHaveSingleItem();
        (note.Number, note.Field).ShouldBe((2, "type"));
        note.Message.ShouldContain("Epic");
    }

    [Fact]
    public async Task Should_assign_only_on_request_and_only_who_can_be_assigned()
    {
        SeedSource(_ => { }, new SeedIssue { Title = "a", Assignees = ["ada", "bob"] });
        SeedTarget(One, target => target.Assignees = ["ada"]);
        SeedTarget(Two, target => target.Assignees = ["ada"]);
        await StartAsync();
        (await MigrateAsync([One])).Repositories![0].Notes.ShouldBeEmpty();
        Copies(One)[0].Assignees.ShouldBeEmpty();

        await RestartAsync(("MONARCH_KEEP_ASSIGNEES", "true"));
        var note = (await MigrateAsync([Two])).Repositories![0].Notes.ShouldHaveSingleItem();
        Copies(Two)[0].Assignees.ShouldBe(["ada"]);
        note.Field.ShouldBe("assignees");
        note.Message.ShouldContain("bob");
    }

    [Fact]
    public async Task Should_copy_none_of_them_when_switched_off()
    {
        SeedSource(
            source => source.Labels = [new() { Name = "bug" }],
            new SeedIssue
            {
                Title = "a",
                Labels = ["bug"],
                Milestone = "M1",
                Type = "Bug",
            }
        );
        SeedTarget(One);
        await StartAsync(("MONARCH_COPY_LABELS", "false"), ("MONARCH_COPY_MILESTONES", "false"), ("MONARCH_COPY_TYPES", "false"));
        var view = await MigrateAsync([One]);

        view.Repositories![0].Notes.ShouldBeEmpty();
        var copy = Copies(One).ShouldHaveSingleItem();
        (copy.Labels.Count, copy.Milestone, copy.Type).ShouldBe((0, null, null));
        Sandbox.Repository(One).Labels.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_rewrite_references_to_earlier_and_later_issues()
    {
        const string Address = "https://github.com/school/template";
        SeedSource(
            _ => { },
            new() { Title = "a", Body = $"After #2, {Address}/issues/3 and school/template#2; `#2`" },
            new() { Title = "b", Body = "Before #1" },
            new() { Title = "c", Body = "See #4 and #9." },
            new() { Title = "d", IsPullRequest = true }
        );
        SeedTarget(One);
        SeedTarget(Two, own: 5);
        await StartAsync();
        var view = await MigrateAsync([One, Two]);

        view.Repositories!.ShouldAllBe(repository => repository.Notes.Count == 0);
        Texts(One)[..2].ShouldBe(["After #2, #3 and #2; `#2`", "Before #1"]);
        Texts(Two)[..2].ShouldBe(["After #7, #8 and #7; `#2`", "Before #6"]);
        Texts(One)[2].ShouldBe(Texts(Two)[2]);
        Texts(One)[2].ShouldContain("https://redirect.github.com/school/template");
        Texts(One)[2].ShouldNotContain(" #4");

        // A second migration changes nothing.
        var writes = Writes();
        await MigrateAsync([One, Two]);
        Writes().ShouldBe(writes);
    }

    [Fact]
    public async Task Should_not_write_over_a_copy_that_was_edited()
    {
        SeedSource(_ => { }, new SeedIssue { Title = "a", Body = "x" });
        SeedTarget(One);
        await StartAsync();
        await MigrateAsync([One]);
        await RewriteAsync(One, 1, "Our own plan");

        SeedSource(_ => { }, new() { Title = "a", Body = "See #2" }, new() { Title = "b" });
        var view = await MigrateAsync([One]);

        Copies(One)[0].Body!.ShouldStartWith("Our own plan");
        var note = view.Repositories![0].Notes.ShouldHaveSingleItem();
        (note.Number, note.Kind).ShouldBe((1, NoteKind.Kept));
    }

    [Fact]
    public async Task Should_rebuild_sub_issues_in_order_and_dependencies()
    {
        SeedSource(
            _ => { },
            new() { Title = "parent", SubIssues = [4, 2, 3] },
            new() { Title = "b", BlockedBy = [3] },
            new() { Title = "c" },
            new() { Title = "d", SubIssues = [5] },
            new() { Title = "e", BlockedBy = [1, 2] }
        );
        SeedTarget(One);
        SeedTarget(Two, own: 3);
        await StartAsync();
        var view = await MigrateAsync([One, Two]);

        view.Repositories!.ShouldAllBe(repository => repository.Notes.Count == 0);
        ShouldBeRelated(One, 0);
        ShouldBeRelated(Two, 3);
        var writes = Writes();
        await MigrateAsync([One, Two]);
        Writes().ShouldBe(writes);
    }

    [Fact]
    public async Task Should_insert_a_new_sub_issue_in_its_place()
    {
        SeedSource(_ => { }, new() { Title = "parent", SubIssues = [2] }, new() { Title = "b" });
        SeedTarget(One);
        await StartAsync();
        await MigrateAsync([One]);
        SeedSource(_ => { }, new() { Title = "parent", SubIssues = [3, 2] }, new() { Title = "b" }, new() { Title = "c" });
        await MigrateAsync([One]);

        Copies(One)[0].SubIssues.ShouldBe([$"{One}#3", $"{One}#2"]);
    }

    [Fact]
    public async Task Should_report_relations_to_issues_that_are_not_copied()
    {
        SeedSource(
            _ => { },
            new() { Title = "parent", SubIssues = [2, 3] },
            new() { Title = "b", State = "closed" },
            new() { Title = "c", BlockedBy = [2] },
            new()
            {
                Title = "closed parent",
                State = "closed",
                SubIssues = [5],
            },
            new() { Title = "e" }
        );
        SeedTarget(One);
        await StartAsync();
        var view = await MigrateAsync([One]);

        Titles(One).ShouldBe(["parent", "c", "e"]);
        Copies(One)[0].SubIssues.ShouldBe([$"{One}#2"]);
        view.Repositories![0]
            .Notes.Select(note => (note.Number, note.Field))
            .ShouldBe([(1, "sub-issues"), (3, "dependencies"), (5, "parent")]);
        view.Repositories![0].Notes[1].Message.ShouldBe("It is blocked by issues that are not copied: 2.");
    }

    [Fact]
    public async Task Should_bring_changes_to_copies_that_were_not_edited_and_only_on_request()
    {
        SeedSource(
            _ => { },
            new()
            {
                Title = "a",
                Body = "one",
                Labels = ["bug"],
            },
            new() { Title = "b", Body = "two" },
            new() { Title = "c", Labels = ["bug"] }
        );
        SeedTarget(One);
        await StartAsync();
        await MigrateAsync([One]);
        await RewriteAsync(One, 2, "Our own plan");
        await PatchAsync(One, 3, new { labels = new[] { "bug", "in progress" } });
        SeedSource(
            _ => { },
            new()
            {
                Title = "A",
                Body = "See #2",
                Labels = ["defect"],
                Milestone = "M1",
            },
            new() { Title = "b", Body = "changed" },
            new() { Title = "C", Labels = ["defect"] }
        );

        var view = await MigrateAsync([One]);
        Titles(One).ShouldBe(["a", "b", "c"]);
        Texts(One)[0].ShouldBe("one");

        view = await EndAsync(await RequestAsync([One], with: [("update", true)]));
        var copies = Copies(One);
        copies.Select(copy => copy.Title).ShouldBe(["A", "b", "C"]);
        Texts(One).ShouldBe(["See #2", "Our own plan", ""]);
        (copies[0].Labels.ShouldHaveSingleItem(), copies[0].Milestone).ShouldBe(("defect", "M1"));
        copies[2].Labels.ShouldBe(["bug", "in progress"]);
        view.Repositories![0]
            .Notes.Select(note => (note.Number, note.Kind, note.Field))
            .ShouldBe([(2, NoteKind.Kept, "text"), (3, NoteKind.Kept, "labels, milestone")]);

        // Once more without a change, and with another one: the digest has moved on.
        var writes = Writes();
        await EndAsync(await RequestAsync([One], with: [("update", true)]));
        Writes().ShouldBe(writes);
        SeedSource(_ => { }, new() { Title = "A2", Body = "See #2" }, new() { Title = "b" }, new() { Title = "C" });
        await EndAsync(await RequestAsync([One], with: [("update", true)]));
        (Copies(One)[0].Title, Copies(One)[0].Labels.Count, Copies(One)[0].Milestone).ShouldBe(("A2", 0, null));
    }

    [Fact]
    public async Task Should_copy_closed_issues_on_request_and_close_them_with_their_reason()
    {
        SeedSource(
            _ => { },
            new()
            {
                Title = "a",
                State = "closed",
                StateReason = "not_planned",
            },
            new() { Title = "b", Body = "After #1" },
            new() { Title = "c", State = "closed" }
        );
        SeedTarget(One);
        await StartAsync();
        await EndAsync(await RequestAsync([One], with: [("state", "all")]));

        Copies(One)
            .Select(copy => (copy.Title, copy.State, copy.StateReason))
            .ShouldBe([("a", "closed", "not_planned"), ("b", "open", null), ("c", "closed", "completed")]);
        Texts(One)[1].ShouldBe("After #1");

        // A person opens it again, and it stays open.
        await PatchAsync(One, 1, new { state = "open" });
        SeedTarget(Two);
        await EndAsync(await RequestAsync([One, Two], with: [("state", "all")]));
        Copies(One)[0].State.ShouldBe("open");
    }

    [Fact]
    public async Task Should_copy_only_the_issues_that_are_selected()
    {
        SeedSource(
            _ => { },
            [.. Enumerable.Range(1, 6).Select(i => new SeedIssue { Title = $"{i}", Labels = i % 2 == 0 ? ["even"] : [] })]
        );
        SeedTarget(One);
        await StartAsync();
        await EndAsync(await RequestAsync([One], with: [("issues", "3-4,6")]));
        Titles(One).ShouldBe(["3", "4", "6"]);
        await EndAsync(await RequestAsync([One], with: [("label", "EVEN")]));
        Titles(One).ShouldBe(["3", "4", "6", "2"]);

        var none = await EndAsync(await RequestAsync([One], with: [("milestone", "none")]));
        none.Status.ShouldBe(BatchStatus.Skipped);
    }

    [Fact]
    public async Task Should_finish_the_others_when_a_copy_was_deleted()
    {
        SeedSource(_ => { }, new() { Title = "parent", SubIssues = [2] }, new() { Title = "b" }, new() { Title = "c" });
        SeedTarget(One);
        await StartAsync();
        await MigrateAsync([One]);
        Sandbox.DeleteIssue(One, 1);
        SeedSource(
            _ => { },
            new()
            {
                Title = "parent",
                Body = "See #4",
                SubIssues = [2],
            },
            new() { Title = "b" },
            new() { Title = "c", Body = "See #4 and #1" },
            new() { Title = "d", SubIssues = [3] }
        );
        var view = await MigrateAsync([One]);

        view.Status.ShouldBe(BatchStatus.Completed);
        Titles(One).ShouldBe(["b", "c", "d"]);
        Copies(One)[2].SubIssues.ShouldBe([$"{One}#3"]);
    }

    [Fact]
    public async Task Should_leave_relations_alone_that_a_team_changed()
    {
        SeedSource(_ => { }, new() { Title = "parent", SubIssues = [2, 3] }, new() { Title = "b" }, new() { Title = "c" });
        SeedTarget(One);
        await StartAsync();
        await MigrateAsync([One]);
        await SendAsync(HttpMethod.Delete, One, "issues/1/sub_issue", new { sub_issue_id = Copies(One)[1].Id });
        Copies(One)[0].SubIssues.ShouldBe([$"{One}#3"]);

        SeedSource(
            _ => { },
            new() { Title = "parent", SubIssues = [2, 3] },
            new() { Title = "b" },
            new() { Title = "c" },
            new() { Title = "d" }
        );
        await MigrateAsync([One]);
        Titles(One).Count.ShouldBe(4);
        Copies(One)[0].SubIssues.ShouldBe([$"{One}#3"]);
    }

    [Fact]
    public async Task Should_report_a_sub_issue_that_has_another_parent_and_not_move_the_others()
    {
        SeedSource(_ => { }, new() { Title = "parent" }, new() { Title = "b" }, new() { Title = "c" });
        SeedTarget(One, own: 1);
        await StartAsync();
        await MigrateAsync([One]);
        await SendAsync(HttpMethod.Post, One, "issues/1/sub_issues", new { sub_issue_id = Copies(One)[1].Id });
        await SendAsync(HttpMethod.Post, One, "issues/2/sub_issues", new { sub_issue_id = Copies(One)[2].Id });

        SeedSource(
            _ => { },
            new() { Title = "parent", SubIssues = [2, 3] },
            new() { Title = "b" },
            new() { Title = "c" },
            new() { Title = "d" }
        );
        var view = await MigrateAsync([One]);

        view.Status.ShouldBe(BatchStatus.Completed);
        var note = view.Repositories![0].Notes.ShouldHaveSingleItem();
        (note.Number, note.Field).ShouldBe((1, "sub-issues"));
        Copies(One)[0].SubIssues.ShouldBe([$"{One}#4"]);
    }

    [Fact]
    public async Task Should_not_believe_a_single_404()
    {
        SeedSource(
            _ => { },
            new()
            {
                Title = "parent",
                Body = "See #2",
                SubIssues = [2],
                BlockedBy = [3],
            },
            new() { Title = "b" },
            new() { Title = "c" }
        );
        SeedTarget(One);
        await StartAsync(("MIGRATION_RETRY_DELAY", "0.05"));
        foreach (var path in new[] { "issues/1", "sub_issues", "blocked_by", "labels", "milestones" })
        {
            Sandbox.Script(
                new()
                {
                    Path = path,
                    Status = 404,
                    Body = """{"message":"Not Found"}""",
                    Count = 1,
                }
            );
        }

        var view = await MigrateAsync([One]);
        view.Repositories![0].Notes.ShouldBeEmpty();
        var copy = Copies(One)[0];
        (copy.SubIssues.ShouldHaveSingleItem(), copy.BlockedBy.ShouldHaveSingleItem()).ShouldBe(($"{One}#2", $"{One}#3"));
        Texts(One)[0].ShouldBe("See #2");
    }

    static string[] RelatedTo(string repository, params int[] numbers) => [.. numbers.Select(number => $"{repository}#{number}")];

    void ShouldBeRelated(string target, int shift)
    {
        var copies = Copies(target);
        copies[0].SubIssues.ShouldBe(RelatedTo(target, 4 + shift, 2 + shift, 3 + shift));
        copies[1].BlockedBy.ShouldBe(RelatedTo(target, 3 + shift));
        copies[3].SubIssues.ShouldBe(RelatedTo(target, 5 + shift));
        copies[4].BlockedBy.ShouldBe(RelatedTo(target, 1 + shift, 2 + shift), ignoreOrder: true);
        copies[4].Parent.ShouldBe($"{target}#{4 + shift}");
    }

    void SeedSource(Action<SeedRepository> change, params SeedIssue[] issues)
    {
        var source = new SeedRepository
        {
            FullName = Source,
            Id = 77,
            Issues = issues,
        };
        change(source);
        Sandbox.Seed(source);
    }

    void SeedTarget(string name, Action<SeedRepository>? change = null, int own = 0)
    {
        var target = new SeedRepository
        {
            FullName = name,
            Issues = [.. Enumerable.Range(1, own).Select(i => new SeedIssue { Title = $"own {i}" })],
        };
        change?.Invoke(target);
        Sandbox.Seed(target);
    }

    List<IssueView> Copies(string target) =>
        [.. Sandbox.Repository(target).Issues!.Where(issue => issue.Body?.Contains("<!-- monarch ", StringComparison.Ordinal) == true)];

    /// <summary>The texts of the copies, without digest and marker.</summary>
    List<string> Texts(string target) =>
        [.. Copies(target).Select(copy => copy.Body![..copy.Body!.IndexOf("<!-- monarch-digest", StringComparison.Ordinal)].TrimEnd())];

    /// <summary>A student edits an issue.</summary>
    async Task RewriteAsync(string repository, int number, string text)
    {
        var body = Sandbox.Repository(repository).Issues!.First(issue => issue.Number == number).Body!;
        var marker = body[body.IndexOf("<!-- monarch-digest", StringComparison.Ordinal)..];
        await PatchAsync(repository, number, new { body = $"{text}\n\n{marker}" });
    }
}
