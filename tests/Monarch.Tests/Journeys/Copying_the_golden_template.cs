using System.Text.Json.Nodes;
using Monarch.Bridge.Status;
using Monarch.Sandbox.Golden;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>Everything that an issue can have, copied to two targets whose numbering differs.</summary>
public sealed class Copying_the_golden_template : JourneyTest
{
    const string One = "teams/n1";
    const string Two = "teams/n2";

    [Fact]
    public async Task Should_write_the_approved_copies()
    {
        await StartWithTemplateAsync();

        var view = await MigrateAsync();

        var differences = view.Repositories!.Select(repository =>
        {
            var target = Sandbox.Repository(repository.FullName!);
            return ApprovedFile.DifferenceFrom(target.FullName, CopyText.Lines(target, repository));
        });
        differences.OfType<string>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_add_nothing_to_the_timelines_of_the_originals()
    {
        await StartWithTemplateAsync();

        await MigrateAsync();

        // Only what the author chose as the target of a link (docs/fidelity.md).
        References(GoldenTemplate.FullName).ShouldBe(["#1: Links to other issues", "#2: Links to other issues"]);
        References(GoldenTemplate.Library).ShouldBe(["#1: Links to other issues"]);
    }

    [Fact]
    public async Task Should_change_nothing_after_a_restart_without_memory()
    {
        await StartWithTemplateAsync();
        await MigrateAsync();
        var writes = Writes();
        await RestartAsync();

        var view = await MigrateAsync();

        view.Repositories!.ShouldAllBe(repository => repository.AlreadyThere == repository.Total);
        Writes().ShouldBe(writes);
    }

    async Task StartWithTemplateAsync()
    {
        var template = GoldenTemplate.Create();
        SeedOrganisation teams = new() { Login = "teams", IssueTypes = [new() { Name = "Task" }, new() { Name = "Bug" }] };
        foreach (var organisation in template.Organisations.Append(teams))
        {
            Sandbox.SeedOrganisation(organisation);
        }

        foreach (var repository in template.Repositories)
        {
            Sandbox.Seed(repository);
        }

        Sandbox.Seed(Target(One, own: 2));
        var two = Target(Two, own: 120);
        two.Labels = [new() { Name = "BUG", Color = "ff0000" }];
        two.Milestones = [new() { Title = "Our own" }, new() { Title = "sprint 1", Description = "Changed by the team" }];
        Sandbox.Seed(two);
        await StartAsync();
    }

    static SeedRepository Target(string name, int own) =>
        new()
        {
            FullName = name,
            Assignees = ["ada", "bob-teams"],
            Issues = [.. Enumerable.Range(1, own).Select(number => new SeedIssue { Title = $"Own issue {number}" })],
        };

    async Task<MigrationView> MigrateAsync() =>
        await EndAsync(
            await RequestAsync(
                [One, Two],
                source: GoldenTemplate.FullName,
                with:
                [
                    ("copy_labels", true),
                    ("copy_milestones", true),
                    ("copy_types", true),
                    ("keep_assignees", true),
                    ("assignees", new JsonObject { ["bob"] = "bob-teams" }),
                    ("keep_mentions", false),
                    ("copy_comments", true),
                    ("state", "all"),
                    ("issues", "1-39"),
                    ("since", "2020-01-01"),
                ]
            )
        );

    /// <summary>The issues of a repository that copies mention, with the titles of the copies.</summary>
    IEnumerable<string> References(string repository)
    {
        var titles = new[] { One, Two }
            .SelectMany(target => Sandbox.Repository(target).Issues!.Select(issue => (Name: $"{target}#{issue.Number}", issue.Title)))
            .ToDictionary(issue => issue.Name, issue => issue.Title);
        return
        [
            .. from issue in Sandbox.Repository(repository).Issues!
            from title in issue.ReferencedBy.Select(name => titles[name]).Distinct()
            select $"#{issue.Number}: {title}",
        ];
    }
}
