using System.Net.Http.Json;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Markdown;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>What others do in a target, and what other migrations do, is none of a migration's business.</summary>
public sealed class Sharing_a_target : JourneyTest
{
    const string Other = "school/other";

    [Fact]
    public async Task Should_copy_two_sources_while_students_open_hundreds_of_issues()
    {
        Seed(60, Teams(1));
        Sandbox.Seed(new() { FullName = Other, GenerateIssues = 70 });
        await StartAsync(("RUN_ISSUES", "10"));

        var migrations = new[] { await RequestAsync(Teams(1)), await RequestAsync(Teams(1), source: Other) };
        await OpenAsync(300);
        foreach (var migration in migrations)
        {
            (await EndAsync(migration)).Status.ShouldBe(BatchStatus.Completed);
        }

        ShouldHoldOnce(Source, 60);
        ShouldHoldOnce(Other, 70);
        (await MigrateAsync(Teams(1))).Repositories![0].Created.ShouldBe(0);
        (await MigrateAsync(Teams(1), source: Other)).Repositories![0].Created.ShouldBe(0);
        Sandbox.Repository(Teams(1)[0]).Count.ShouldBe(60 + 70 + 300);
    }

    [Fact]
    public async Task Should_accept_a_copy_as_a_source()
    {
        Seed(8, Teams(2));
        await StartAsync();
        await MigrateAsync(["teams/n1"]);
        (await MigrateAsync(["teams/n2"], source: "teams/n1")).Repositories![0].Created.ShouldBe(8);

        Titles("teams/n2").ShouldBe(Wanted());
        Sandbox
            .Repository("teams/n2")
            .Issues!.ShouldAllBe(issue => issue.Body!.Split("<!-- monarch ", StringSplitOptions.None).Length == 2);
        Copies("teams/n2", "teams/n1").ShouldBe(Enumerable.Range(1, 8));
        (await MigrateAsync(["teams/n2"], source: "teams/n1")).Repositories![0].AlreadyThere.ShouldBe(8);
    }

    async Task OpenAsync(int count)
    {
        using var students = new HttpClient
        {
            BaseAddress = Sandbox.GitHubUrl,
            DefaultRequestHeaders = { { "Authorization", "token t" }, { "User-Agent", "students" } },
        };
        for (var i = 0; i < count; i++)
        {
            using var answer = await students.PostAsJsonAsync(
                $"repos/{Teams(1)[0]}/issues",
                new { title = $"Our own {i}", body = "@all <!-- monarch -->" },
                Ct
            );
            answer.EnsureSuccessStatusCode();
        }
    }

    void ShouldHoldOnce(string source, int count) => Copies(Teams(1)[0], source).ShouldBe(Enumerable.Range(1, count));

    /// <summary>The source's numbers of the copies in a target, in the order of their creation.</summary>
    IEnumerable<int> Copies(string target, string source) =>
        Sandbox
            .Repository(target)
            .Issues!.Select(issue => Marker.Find(issue.Body, Sandbox.Repository(source).Id)?.IssueNumber)
            .OfType<int>();
}
