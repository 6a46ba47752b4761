using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Monarch.Bridge.DryRuns;
using Monarch.Contracts.DryRuns;
using Monarch.Sandbox.Golden;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>A dry run changes nothing, and the migration that follows does exactly what it said.</summary>
public sealed class Running_a_migration_dry : DryRunJourney
{
    static readonly (string Field, JsonNode Value) AllStates = ("state", "all");

    [Fact]
    public async Task Should_say_what_the_migration_then_does()
    {
        SeedSource();
        SeedTarget(One, own: 2);
        SeedTarget(Two);
        SeedTarget(Three, target => target.Archived = true);
        await StartAsync();
        // Half of the issues exist in the second one.
        await EndAsync(await RequestAsync([Two], with: [AllStates, ("issues", "1-4")]));

        var before = Writes();
        var dry = await DryRunAsync([One, Two, Three], AllStates);
        Writes().ShouldBe(before);

        dry.Status.ShouldBe(DryRunStatus.Completed);
        var real = await EndAsync(await RequestAsync([One, Two, Three], with: [AllStates]));

        dry.Repositories.Select(x => x.Status)
            .ShouldBe([DryRunTargetStatus.Checked, DryRunTargetStatus.Checked, DryRunTargetStatus.Refused]);
        dry.Repositories[2].Failure!.Message.ShouldBe(real.Repositories![2].Failure!.Message);
        dry.Repositories[2].Failure!.Remedy.ShouldBe(real.Repositories[2].Failure!.Remedy);
        foreach (var (planned, done) in dry.Repositories.Zip(real.Repositories).Take(2))
        {
            (planned.Plan!.Create, planned.Plan.AlreadyThere).ShouldBe((done.Created, done.AlreadyThere), planned.Requested);
            planned
                .Plan.Notes.Select(note => (note.Number, note.Kind, note.Field))
                .Order()
                .ShouldBe(done.Notes.Select(note => (note.Number, note.Kind, note.Field)).Order(), planned.Requested);
        }

        (dry.Create + dry.Comments + dry.Writes).ShouldBe((int)(Writes() - before));
        dry.Repositories[0].Plan!.Labels.ShouldBe(["bug", "docs"], ignoreOrder: true);
        dry.Repositories[0].Plan!.Milestones.ShouldBe(["Sprint 1"]);
        dry.Repositories[0].Plan!.ToCreate.Select(issue => issue.Title).ShouldBe(["a", "b", "c", "d", "e", "f", "g"]);
        dry.Repositories[1].Plan!.Labels.ShouldBe(["docs"]);
        dry.Repositories[1].Plan!.Change.ShouldBe(1);
        dry.Duration!.Seconds.ShouldNotBeNull();

        // Once more: there is nothing left to do.
        var again = await DryRunAsync([One, Two], AllStates);
        (again.Create, again.Change, again.Writes, again.AlreadyThere).ShouldBe((0, 0, 0, 14));
    }

    [Fact]
    public async Task Should_say_what_the_migration_of_the_golden_template_does()
    {
        var golden = GoldenTemplate.Create();
        foreach (var organisation in golden.Organisations)
        {
            Sandbox.SeedOrganisation(organisation);
        }

        foreach (var repository in golden.Repositories)
        {
            Sandbox.Seed(repository);
        }

        SeedTarget(One);
        SeedTarget(Two, own: 3);
        await StartAsync();
        var before = Writes();
        var dry = await DryRunAsync([One, Two], AllStates);
        Writes().ShouldBe(before);

        var real = await EndAsync(await RequestAsync([One, Two], with: [AllStates]));

        dry.Repositories.Select(x => x.Plan!.Create).ShouldBe(real.Repositories!.Select(x => x.Created));
        (dry.Create + dry.Comments + dry.Writes).ShouldBe((int)(Writes() - before));
        dry.Repositories.Select(x => x.Plan!.Rejected.Count).ShouldBe(real.Repositories!.Select(x => x.Rejected));
        foreach (var (planned, done) in dry.Repositories.Zip(real.Repositories!))
        {
            planned
                .Plan!.Notes.Select(note => (note.Number, note.Field))
                .ShouldBeSubsetOf(done.Notes.Select(note => (note.Number, note.Field)));
        }
    }

    [Fact]
    public async Task Should_say_which_copies_an_update_changes_and_which_it_keeps()
    {
        Sandbox.Seed(
            Template(
                new()
                {
                    Title = "a",
                    Body = "one",
                    Labels = ["bug"],
                },
                new() { Title = "b" },
                new() { Title = "c", Labels = ["bug"] }
            )
        );
        SeedTarget(One);
        await StartAsync();
        await MigrateAsync([One]);
        Sandbox.Seed(
            Template(
                new()
                {
                    Title = "A",
                    Body = "See #2",
                    Labels = ["defect"],
                },
                new() { Title = "b" },
                new() { Title = "C", Labels = ["defect"] }
            )
        );

        (string, JsonNode) update = ("update", true);
        var before = Writes();
        var dry = await DryRunAsync([One], update);
        Writes().ShouldBe(before);
        await EndAsync(await RequestAsync([One], with: [update]));

        dry.Repositories[0].Plan!.ToChange.Select(issue => issue.Number).ShouldBe([1, 3]);
        (dry.Create, dry.Change, dry.Writes).ShouldBe((0, 2, (int)(Writes() - before)));
        (await DryRunAsync([One], update)).Change.ShouldBe(0);
    }

    [Fact]
    public async Task Should_count_comments_long_texts_and_closed_issues()
    {
        SeedIssue a = new()
        {
            Title = "a",
            Body = string.Concat(Enumerable.Repeat("word ", 30_000)),
            Comments = [new() { Body = "first" }, new() { Body = "second, see #2" }],
        };
        Sandbox.Seed(Template(a, new() { Title = "b", Comments = [new() { Body = "third" }] }, new() { Title = "c" }));
        SeedTarget(One);
        SeedTarget(Two);
        await StartAsync();
        (string, JsonNode)[] with = [("copy_comments", true), ("close_removed", true)];
        await ShouldPredictAsync(with, (One, 3, 5));

        await SendAsync(HttpMethod.Post, "issues/1/comments", new { body = "fourth" });
        await SendAsync(HttpMethod.Patch, "issues/3", new { state = "closed" });
        var dry = await ShouldPredictAsync(with, (One, 0, 1), (Two, 2, 6));
        dry.Repositories[0].Plan!.ToChange.Select(issue => issue.Number).ShouldBe([3]);

        // Nothing is left.
        await ShouldPredictAsync(with, (One, 0, 0), (Two, 0, 0));
    }

    /// <summary>An instructor changes the template.</summary>
    async Task SendAsync(HttpMethod method, string path, object body)
    {
        using var http = new HttpClient { BaseAddress = Sandbox.GitHubUrl };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "ghp_instructor");
        http.DefaultRequestHeaders.UserAgent.Add(new("instructor", "1"));
        using var request = new HttpRequestMessage(method, new Uri($"repos/{Source}/{path}", UriKind.Relative));
        request.Content = JsonContent.Create(body);
        using var answer = await http.SendAsync(request, Ct);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Compares a dry run with the migration that follows.</summary>
    async Task<DryRunView> ShouldPredictAsync((string, JsonNode)[] with, params (string Name, int Create, int Comments)[] targets)
    {
        var before = Writes();
        string[] names = [.. targets.Select(target => target.Name)];
        var dry = await DryRunAsync(names, with);
        Writes().ShouldBe(before);
        dry.Repositories.Select(x => (x.Plan!.FullName, x.Plan.Create, x.Plan.Comments)).ShouldBe(targets);

        var real = await EndAsync(await RequestAsync(names, with: with));
        ((int)(Writes() - before)).ShouldBe(dry.Create + dry.Comments + dry.Writes);
        foreach (var (planned, done) in dry.Repositories.Zip(real.Repositories!))
        {
            planned.Plan!.Notes.ShouldBe(done.Notes, ignoreOrder: true, planned.Requested);
        }

        return dry;
    }

    void SeedSource() =>
        Sandbox.Seed(
            Template(
                new()
                {
                    Title = "a",
                    Body = "After #6, see #2",
                    Labels = ["bug"],
                    Milestone = "Sprint 1",
                },
                new()
                {
                    Title = "b",
                    Body = "See #1 and #2",
                    SubIssues = [3, 5, 4],
                },
                new() { Title = "c", Type = "Epic" },
                new()
                {
                    Title = "d",
                    State = "closed",
                    Labels = ["bug"],
                },
                new()
                {
                    Title = "e",
                    BlockedBy = [1, 7],
                    Labels = ["docs"],
                },
                new()
                {
                    Title = "f",
                    Body = "See #1",
                    Type = "Bug",
                },
                new()
                {
                    Title = "g",
                    State = "closed",
                    Body = "and #7",
                }
            )
        );
}
