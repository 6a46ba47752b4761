using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Chaos;

public sealed class Comparing_a_target_with_its_source
{
    const string Marker = "\n\n<!-- monarch-digest 0a -->\n<!-- monarch source-id=1 source=school/template issue=1 -->";

    [Fact]
    public void Should_report_no_difference_for_a_correct_copy()
    {
        var comparison = Compare("a b c", "a b c");
        comparison.IsClean.ShouldBeTrue();
        comparison.Issues.ShouldBe(3);
    }

    [Fact]
    public void Should_report_missing_issues() => Compare("a b c", "a c").Missing.ShouldBe(["b"]);

    [Fact]
    public void Should_report_each_duplicate() => Compare("a b", "a b a b b").Duplicates.ShouldBe(["a", "b", "b"]);

    [Fact]
    public void Should_report_issues_out_of_order() => Compare("a b c d", "b a d c").OutOfOrder.ShouldBe(["a", "c"]);

    [Fact]
    public void Should_report_unexpected_issues() => Compare("a b closed", "a closed b").Strange.ShouldBe(["closed"]);

    [Fact]
    public void Should_not_be_clean_with_any_of_these()
    {
        foreach (var target in (string[])["a", "a b b", "b a", "a b x"])
        {
            Compare("a b", target).IsClean.ShouldBeFalse(target);
        }
    }

    [Fact]
    public void Should_report_no_difference_for_a_faithful_copy() => CompareWith(_ => { }).IsClean.ShouldBeTrue();

    [Theory]
    [InlineData("After #1, before #13; `#2`")]
    [InlineData("After #11, before school/template#3; `#2`")]
    [InlineData("After #11, before #13; `#12`")]
    [InlineData("After #11, before #13; `#2`, and more")]
    [InlineData(null)]
    public void Should_report_a_wrong_reference_or_text(string? body) =>
        CompareWith(copies => copies[1] = copies[1] with { Body = body }).WrongReferences.ShouldBe(["b"]);

    [Theory]
    [InlineData(null)]
    [InlineData("school/team#13")]
    [InlineData("school/template#1")]
    public void Should_report_a_wrong_parent(string? parent) =>
        CompareWith(copies => copies[1] = copies[1] with { Parent = parent }).WrongRelations.ShouldBe(["b"]);

    [Theory]
    [InlineData("school/team#12 school/team#13")]
    [InlineData("school/team#13")]
    [InlineData("school/team#13 school/team#12 school/team#14")]
    public void Should_report_sub_issues_that_are_missing_superfluous_or_in_another_order(string subIssues) =>
        CompareWith(copies => copies[0] = copies[0] with { SubIssues = subIssues.Split(' ') }).WrongRelations.ShouldBe(["a"]);

    [Theory]
    [InlineData("")]
    [InlineData("school/team#13")]
    [InlineData("school/team#11 school/team#12")]
    public void Should_report_dependencies_that_are_missing_or_wrong(string blockedBy) =>
        CompareWith(copies => copies[2] = copies[2] with { BlockedBy = blockedBy.Split(' ', StringSplitOptions.RemoveEmptyEntries) })
            .WrongRelations.ShouldBe(["c"]);

    [Fact]
    public void Should_report_missing_labels() =>
        CompareWith(copies => copies[2] = copies[2] with { Labels = ["bug"] }).WrongLabels.ShouldBe(["c"]);

    [Fact]
    public void Should_report_labels_that_the_issue_lacks() =>
        CompareWith(copies => copies[0] = copies[0] with { Labels = ["bug"] }).WrongLabels.ShouldBe(["a"]);

    [Fact]
    public void Should_report_a_missing_milestone() =>
        CompareWith(copies => copies[2] = copies[2] with { Milestone = null }).WrongLabels.ShouldBe(["c"]);

    [Theory]
    [InlineData("")]
    [InlineData("two, one")]
    [InlineData("one")]
    [InlineData("one, two, two")]
    [InlineData("one, two see #2")]
    public void Should_report_comments_that_are_missing_superfluous_or_in_another_order(string comments) =>
        CompareWith(copies =>
            copies[1] = copies[1] with { Comments = [.. comments.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(Copied)] }
        )
            .WrongComments.ShouldBe(["b"]);

    [Fact]
    public void Should_join_a_text_that_continues_in_a_comment()
    {
        var part = new CommentView(
            1,
            "bot",
            "before #13; `#2`\n\n<!-- monarch source-id=1 source=school/template issue=2 part=2 -->",
            default
        );
        CompareWith(copies =>
            copies[1] = copies[1] with
            {
                Body = $"After #11,\n\n*(continued in the next comment)*{Marker}",
                Comments = [part, .. copies[1].Comments],
            }
        )
            .IsClean.ShouldBeTrue();
    }

    [Fact]
    public void Should_not_be_clean_with_any_fault_of_a_copy()
    {
        CompareWith(copies => copies[1] = copies[1] with { Body = "" }).IsClean.ShouldBeFalse();
        CompareWith(copies => copies[1] = copies[1] with { Parent = null }).IsClean.ShouldBeFalse();
        CompareWith(copies => copies[2] = copies[2] with { Labels = [] }).IsClean.ShouldBeFalse();
    }

    /// <summary>Compares a source with its three copies, which have the numbers 11 to 13.</summary>
    static Comparison CompareWith(Action<IssueView[]> change)
    {
        IssueView[] issues =
        [
            Issue(1, "a") with
            {
                SubIssues = ["school/template#3", "school/template#2"],
            },
            Issue(2, "b") with
            {
                Body = "After #1, before school/template#3; `#2`",
                Parent = "school/template#1",
                Comments = [new(1, "ada", "one", default), new(2, "ada", "two see #1", default)],
            },
            Issue(3, "c") with
            {
                Labels = ["bug", "Backend"],
                Milestone = "Sprint 1",
                Parent = "school/template#1",
                BlockedBy = ["school/template#1"],
            },
        ];
        IssueView[] copies =
        [
            Issue(11, "a") with
            {
                Body = Marker,
                SubIssues = ["school/team#13", "school/team#12"],
            },
            Issue(12, "b") with
            {
                Body = $"After #11, before #13; `#2`{Marker}",
                Parent = "school/team#11",
                Comments = [Copied("one"), Copied("two see #11")],
            },
            Issue(13, "c") with
            {
                Body = Marker,
                Labels = ["backend", "bug"],
                Milestone = "Sprint 1",
                Parent = "school/team#11",
                BlockedBy = ["school/team#11"],
            },
        ];
        change(copies);
        return Comparison.Of(Repository("school/template", issues), Repository("school/team", copies));
    }

    static CommentView Copied(string text) =>
        new(3, "bot", $"**ada** commented on 2026-09-03 08:30 UTC ([original](https://x)):\n\n{text}\n\n<!-- monarch a -->", default);

    static Comparison Compare(string source, string target) =>
        Comparison.Of(Repository("school/template", source), Repository("school/team", target));

    static RepositoryView Repository(string name, string titles) =>
        Repository(name, [.. titles.Split(' ').Select((title, index) => Issue(index + 1, title))]);

    static RepositoryView Repository(string name, IssueView[] issues) =>
        new()
        {
            Id = 1,
            FullName = name,
            Count = issues.Length,
            HighestConcurrentCreations = 1,
            Issues = issues,
        };

    static IssueView Issue(int number, string title) =>
        new(number, title, null, title == "closed" ? "closed" : "open", false, null, [], default);
}
