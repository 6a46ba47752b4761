using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Chaos;

public sealed class Comparing_a_target_with_its_source
{
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

    static Comparison Compare(string source, string target) =>
        Comparison.Of(Repository("school/template", source), Repository("school/team", target));

    static RepositoryView Repository(string name, string titles)
    {
        var issues = titles
            .Split(' ')
            .Select(
                (title, index) => new IssueView(index + 1, title, null, title == "closed" ? "closed" : "open", false, null, [], default)
            )
            .ToList();
        return new()
        {
            Id = 1,
            FullName = name,
            Count = issues.Count,
            HighestConcurrentCreations = 1,
            Issues = issues,
        };
    }
}
