using System.Text.Json.Nodes;
using Monarch.Contracts.Migrations;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>Comments of the source, and texts that continue in comments: each exactly once and in order.</summary>
public sealed class Copying_comments : JourneyTest
{
    const string One = "teams/n1";
    const string Two = "teams/n2";
    const string AtComments = "/repositories/88/issues/1/comments$";

    static readonly (string, JsonNode)[] WithComments = [("copy_comments", true)];

    [Fact]
    public async Task Should_copy_comments_in_order_with_author_date_and_a_link_to_the_original()
    {
        Seed(
            new()
            {
                Title = "a",
                Comments =
                [
                    Comment("After #2, @ada", "jane"),
                    Comment("Second\r\n\r\nwith `#2`", "build[bot]"),
                    new() { User = null, Body = "```\nopen" },
                ],
            },
            new() { Title = "b" }
        );
        Sandbox.Seed(new() { FullName = Two, Issues = [new() { Title = "own" }] });
        await StartAsync();
        var view = await EndAsync(await RequestAsync([One, Two], with: WithComments));

        view.Repositories!.ShouldAllBe(repository => repository.Notes.Count == 0);
        var originals = Sandbox.Repository(Source).Issues![0].Comments;
        foreach (var (target, number) in new[] { (One, 1), (Two, 2) })
        {
            var comments = Comments(target, number);
            comments.Count.ShouldBe(3);
            comments[0]
                .ShouldBe($"**jane** commented on 2026-09-03 08:30 UTC ({Link(originals[0].Id)}):\n\nAfter #{number + 1}, @\u200bada");
            comments[1].ShouldBe($"**build[bot]** commented on 2026-09-03 08:30 UTC ({Link(originals[1].Id)}):\n\nSecond\r\n\r\nwith `#2`");
            comments[2].ShouldEndWith("```\nopen\n```");
            comments[2].ShouldStartWith("**ghost** commented on ");
            Comments(target, number + 1).ShouldBeEmpty();
        }

        Sandbox.Repository(Source).Issues![0].ReferencedBy.ShouldBeEmpty();
        await ShouldWriteNothingMoreAsync();
    }

    [Fact]
    public async Task Should_copy_none_without_a_request_and_those_of_the_setting()
    {
        Seed(new SeedIssue { Title = "a", Comments = [Comment("one")] });
        await StartAsync();
        await MigrateAsync([One]);
        Comments(One).ShouldBeEmpty();
        Sandbox.Requests().ByKind.Keys.ShouldNotContain("GET comments");

        await RestartAsync(("MONARCH_COPY_COMMENTS", "true"));
        await MigrateAsync([One]);
        Comments(One).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_add_new_comments_later_and_leave_deleted_ones_deleted()
    {
        Seed(new SeedIssue { Title = "a", Comments = [Comment("one"), Comment("two")] });
        await StartAsync();
        await EndAsync(await RequestAsync([One], with: WithComments));
        await SendAsync(HttpMethod.Delete, One, $"issues/comments/{Sandbox.Repository(One).Issues![0].Comments[0].Id}");
        await SendAsync(HttpMethod.Post, Source, "issues/1/comments", new { body = "three" });
        await SendAsync(HttpMethod.Post, Source, "issues/1/comments", new { body = "four" });
        await EndAsync(await RequestAsync([One], with: WithComments));

        Texts(One).ShouldBe(["two", "three", "four"]);
    }

    [Fact]
    public async Task Should_know_the_comments_of_an_earlier_process_by_their_markers()
    {
        Seed(new SeedIssue { Title = "a", Comments = [Comment("one"), Comment("two")] });
        await StartAsync();
        await EndAsync(await RequestAsync([One], with: WithComments));
        await RestartAsync();

        await ShouldWriteNothingMoreAsync();
        Texts(One).ShouldBe(["one", "two"]);
    }

    [Theory]
    [InlineData(true, ScriptedEnding.Cut)]
    [InlineData(false, ScriptedEnding.Cut)]
    [InlineData(true, ScriptedEnding.CutBody)]
    [InlineData(true, ScriptedEnding.Answer)]
    [InlineData(false, ScriptedEnding.Answer)]
    [InlineData(false, ScriptedEnding.Answer, 404)]
    public async Task Should_add_each_comment_once_when_an_answer_is_lost(bool isCarriedOut, ScriptedEnding ending, int status = 502)
    {
        Seed(new SeedIssue { Title = "a", Comments = [Comment("one"), Comment("two"), Comment("three")] });
        await StartAsync();
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = AtComments,
                CarryOut = true,
                Ending = ScriptedEnding.Genuine,
            }
        );
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = AtComments,
                CarryOut = isCarriedOut,
                Status = status,
                Ending = ending,
            }
        );
        await EndAsync(await RequestAsync([One], with: WithComments));

        Texts(One).ShouldBe(["one", "two", "three"]);
    }

    [Fact]
    public async Task Should_not_believe_a_list_that_lacks_a_doubtful_comment()
    {
        Seed(new SeedIssue { Title = "a", Comments = [Comment("one"), Comment("two")] });
        await StartAsync();
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = AtComments,
                CarryOut = true,
                Ending = ScriptedEnding.Cut,
            }
        );
        // The first list is read before anything is added; all of the search's are empty.
        Sandbox.Script(
            new()
            {
                Method = "GET",
                Path = AtComments,
                Count = 7,
                Body = "[]",
                Status = 200,
            }
        );
        await EndAsync(await RequestAsync([One], with: WithComments));

        Texts(One).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Should_add_comments_in_several_steps()
    {
        Seed(new SeedIssue { Title = "a", Comments = [.. Enumerable.Range(1, 12).Select(i => Comment($"{i}"))] }, new() { Title = "b" });
        await StartAsync(("RUN_SECONDS", "0"));
        var view = await EndAsync(await RequestAsync([One], with: WithComments));

        view.Status.ShouldBe(BatchStatus.Completed);
        Texts(One).ShouldBe(Enumerable.Range(1, 12).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Should_report_a_refusal_and_go_on()
    {
        Seed(new() { Title = "a", Comments = [Comment("one"), Comment("two")] }, new() { Title = "b", Comments = [Comment("three")] });
        await StartAsync();
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = AtComments,
                Status = 403,
                Body = """{"message": "Unable to create comment because issue is locked."}""",
            }
        );
        var view = await EndAsync(await RequestAsync([One], with: WithComments));

        view.Status.ShouldBe(BatchStatus.Completed);
        (Comments(One).Count, Comments(One, 2).Count).ShouldBe((0, 1));
        var note = view.Repositories![0].Notes.ShouldHaveSingleItem();
        (note.Number, note.Kind, note.Field).ShouldBe((1, NoteKind.Dropped, "comments"));
        note.Message.ShouldContain("locked");

        await EndAsync(await RequestAsync([One], with: WithComments));
        Texts(One).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Should_add_none_after_a_refused_one_so_that_their_order_is_kept()
    {
        Seed(new SeedIssue { Title = "a", Comments = [Comment("one"), Comment("two"), Comment("three")] });
        await StartAsync(("RUN_SECONDS", "0"));
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = AtComments,
                CarryOut = true,
                Ending = ScriptedEnding.Genuine,
            }
        );
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = AtComments,
                Status = 422,
                Body =
                    """{"message": "Validation Failed", "errors": [{"resource": "IssueComment", "field": "body", "code": "missing_field"}]}""",
            }
        );
        var view = await EndAsync(await RequestAsync([One], with: WithComments));

        view.Repositories![0].Notes.ShouldHaveSingleItem().Message.ShouldContain("2 of 2 are missing");
        Texts(One).ShouldBe(["one"]);
        await EndAsync(await RequestAsync([One], with: WithComments));
        Texts(One).ShouldBe(["one", "two", "three"]);
    }

    [Fact]
    public async Task Should_give_up_a_comment_that_is_refused_again_and_again_without_a_reason()
    {
        Seed(new() { Title = "a", Comments = [Comment("one")] }, new() { Title = "b", Comments = [Comment("two")] });
        await StartAsync(("MIGRATION_GIVE_UP_AFTER", "0.001"));
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = AtComments,
                Status = 422,
                Body = """{"message": "Validation Failed"}""",
                Count = 1000,
            }
        );
        var view = await EndAsync(await RequestAsync([One], with: WithComments));

        view.Status.ShouldBe(BatchStatus.Completed);
        view.Repositories![0].Notes.ShouldHaveSingleItem().Number.ShouldBe(1);
        (Comments(One).Count, Comments(One, 2).Count).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Should_add_the_comments_and_the_rest_of_a_text_to_a_copy_that_is_created_again()
    {
        var text = string.Join("\n\n", Enumerable.Range(1, 6_000).Select(i => $"Paragraph {i}"));
        Seed(
            new()
            {
                Title = "a",
                Body = text,
                Comments = [Comment("one")],
            },
            new() { Title = "b" }
        );
        await StartAsync();
        await EndAsync(await RequestAsync([One], with: WithComments));
        Sandbox.DeleteIssue(One, 1);

        await EndAsync(await RequestAsync([One], with: [("recreate", true), .. WithComments]));
        ShouldHaveWholeText(text, 3);
        Comments(One, 3)[^1].ShouldEndWith("one");
    }

    [Fact]
    public async Task Should_never_add_the_rest_of_a_text_to_a_copy_with_another_text()
    {
        Seed(new() { Title = "a", Body = "Short" }, new() { Title = "b", Body = "Short" });
        await StartAsync();
        await MigrateAsync([One]);
        await PatchAsync(One, 1, new { body = Sandbox.Repository(One).Issues![0].Body!.Replace("Short", "Our own plan") });

        var text = string.Join("\n\n", Enumerable.Range(1, 6_000).Select(i => $"Paragraph {i}"));
        Seed(new() { Title = "a", Body = text }, new() { Title = "b", Body = text });
        var view = await MigrateAsync([One]);
        Comments(One).ShouldBeEmpty();
        view.Repositories![0]
            .Notes.Where(note => note.Number == 1 && note.Field == "text")
            .ShouldHaveSingleItem()
            .Message.ShouldContain("the rest is not added");
        ShouldHaveWholeText(text, 2);
    }

    [Fact]
    public async Task Should_continue_a_text_that_is_too_long_in_comments()
    {
        var text = string.Join("\n\n", Enumerable.Range(1, 9_000).Select(i => $"Paragraph {i} with #2."));
        Seed(
            new()
            {
                Title = "a",
                Body = text,
                Comments = [Comment("one"), Comment(new string('z', 65_536))],
            },
            new() { Title = "b" }
        );
        await StartAsync();
        var view = await EndAsync(await RequestAsync([One], with: WithComments));

        var copy = Sandbox.Repository(One).Issues![0];
        var parts = copy.Comments.Select(comment => comment.Body).Prepend(copy.Body!).ToList();
        parts.ShouldAllBe(part => part.EnumerateRunes().Count() <= 65_536);
        var paragraphs = parts.SelectMany(part => part.Split('\n')).Where(line => line.StartsWith("Paragraph ", StringComparison.Ordinal));
        paragraphs.ShouldBe(text.Split('\n').Where(line => line.Length > 0));
        var comments = Comments(One);
        comments[^3].ShouldEndWith(":\n\none");
        comments[^2..].Sum(comment => comment.Count(x => x == 'z')).ShouldBe(65_536);
        var note = view.Repositories![0].Notes.ShouldHaveSingleItem();
        (note.Number, note.Kind, note.Field).ShouldBe((1, NoteKind.Converted, "body"));

        await ShouldWriteNothingMoreAsync();
        // An update would have to divide the text in other places.
        Seed(new() { Title = "a", Body = "Short now" }, new() { Title = "b", Body = "changed" });
        view = await EndAsync(await RequestAsync([One], with: [("update", true)]));
        Sandbox.Repository(One).Issues![0].Body.ShouldBe(copy.Body);
        view.Repositories![0].Notes.Select(x => (x.Number, x.Kind, x.Field)).ShouldBe([(1, NoteKind.Kept, "text, labels")]);

        // Neither by a process that has forgotten the comments.
        await RestartAsync();
        await EndAsync(await RequestAsync([One], with: [("update", true)]));
        Sandbox.Repository(One).Issues![0].Body.ShouldBe(copy.Body);
        Sandbox.Repository(One).Issues![0].Comments.Count.ShouldBe(copy.Comments.Count);
    }

    [Fact]
    public async Task Should_continue_a_text_after_an_interruption_without_a_gap()
    {
        var text = string.Join("\n\n", Enumerable.Range(1, 12_000).Select(i => $"Paragraph {i} with #2."));
        Seed(new() { Title = "a", Body = text }, new() { Title = "b" });
        await StartAsync(("RUN_SECONDS", "0"));
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = AtComments,
                CarryOut = true,
                Ending = ScriptedEnding.Cut,
                Count = 2,
            }
        );
        await MigrateAsync([One]);

        ShouldHaveWholeText(text, 1);
    }

    void ShouldHaveWholeText(string text, int number)
    {
        var copy = Sandbox.Repository(One).Issues!.Single(issue => issue.Number == number);
        copy.Comments.Select(comment => comment.Body)
            .Prepend(copy.Body!)
            .SelectMany(part => part.Split('\n'))
            .Where(line => line.StartsWith("Paragraph ", StringComparison.Ordinal))
            .ShouldBe(text.Split('\n').Where(line => line.Length > 0));
    }

    static SeedComment Comment(string body, string user = "jane") =>
        new()
        {
            User = user,
            Body = body,
            CreatedAt = new DateTimeOffset(2026, 9, 3, 8, 30, 0, TimeSpan.Zero),
        };

    static string Link(long id) => $"[original](https://redirect.github.com/{Source}/issues/1#issuecomment-{id})";

    void Seed(params SeedIssue[] issues)
    {
        Sandbox.Seed(
            new()
            {
                FullName = Source,
                Id = 77,
                Issues = issues,
            }
        );
        if (Sandbox.Repositories().All(repository => repository.FullName != One))
        {
            Sandbox.Seed(new() { FullName = One, Id = 88 });
        }
    }

    /// <summary>The comments on an issue, without their markers.</summary>
    List<string> Comments(string target, int number = 1) =>
        [
            .. Sandbox
                .Repository(target)
                .Issues!.Single(issue => issue.Number == number)
                .Comments.Select(comment => comment.Body[..comment.Body.LastIndexOf("<!-- monarch ", StringComparison.Ordinal)].TrimEnd()),
        ];

    /// <summary>The comments without their headings too.</summary>
    IEnumerable<string> Texts(string target) =>
        Comments(target).Select(comment => comment[(comment.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);

    async Task ShouldWriteNothingMoreAsync()
    {
        var writes = Writes();
        await EndAsync(await RequestAsync([One], with: WithComments));
        Writes().ShouldBe(writes);
    }
}
