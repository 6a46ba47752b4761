using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Monarch.Bridge.Api;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Compose;

/// <summary>On a real Docker engine, which takes minutes: only <c>./monarch test --compose</c> runs it.</summary>
public sealed class Running_the_compose_file(ITestOutputHelper output)
{
    const int Workers = 4;
    const string Source = "school/template";

    static readonly string[] Teams = ["teams/one", "teams/two", "teams/three", "teams/four", "teams/five", "teams/six"];

    [Fact(Explicit = true)]
    public async Task Should_migrate_with_four_workers()
    {
        await using var project = new ComposeProject();
        await project.UpAsync(Workers);
        using var api = new HttpClient
        {
            BaseAddress = project.Web,
            DefaultRequestHeaders = { Authorization = new("Bearer", ComposeProject.ApiKey) },
        };
        await Until.TrueAsync(() => AreReadyAsync(api), "the Bridge and all workers are ready", TimeSpan.FromMinutes(3));

        using var request = new StringContent(Journeys.Fleet.Message(Teams, source: Source), new MediaTypeHeaderValue("application/json"));
        using var answer = await api.PostAsync("api/migrations", request, Token);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Token));
        var id = (await answer.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedMigration, Token))!.Id;
        MigrationView? view = null;
        await Until.TrueAsync(
            async () =>
                (view = await api.GetFromJsonAsync($"api/migrations/{id}", ApiJson.Default.MigrationView, Token))!.EndedAt is not null,
            "the migration has ended",
            TimeSpan.FromMinutes(5)
        );

        view!.Status.ShouldBe(BatchStatus.Completed);
        using var gitHub = new HttpClient
        {
            BaseAddress = new(project.Sandbox, "github/"),
            DefaultRequestHeaders = { { "Authorization", "token demo" }, { "User-Agent", "monarch-test" } },
        };
        var titles = await TitlesAsync(gitHub, Source);
        titles.Count.ShouldBe(30);
        foreach (var team in Teams)
        {
            (await TitlesAsync(gitHub, team)).ShouldBe(titles, team);
        }

        IReadOnlyList<string> containers = [];
        await Until.TrueAsync(
            async () =>
                (containers = await project.ContainersAsync()).Count(container => container.Contains("(healthy)", StringComparison.Ordinal))
                == Workers + 4,
            "Bridge, workers, Redis, RabbitMQ and sandbox are healthy",
            TimeSpan.FromMinutes(2),
            () => string.Join('\n', containers)
        );
        output.WriteLine(string.Join('\n', containers));
    }

    static async Task<bool> AreReadyAsync(HttpClient api)
    {
        try
        {
            var list = await api.GetFromJsonAsync("api/processes", ApiJson.Default.ProcessList, Token);
            return list!.Processes.Count(process => process.IsReady) == Workers + 1;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // The open issues, oldest first, without the pull requests.
    static async Task<List<string>> TitlesAsync(HttpClient gitHub, string repository)
    {
        using var issues = JsonDocument.Parse(
            await gitHub.GetStringAsync($"repos/{repository}/issues?state=open&direction=asc&per_page=100", Token)
        );
        return
        [
            .. issues
                .RootElement.EnumerateArray()
                .Where(issue => !issue.TryGetProperty("pull_request", out _))
                .Select(issue => issue.GetProperty("title").GetString()!),
        ];
    }
}
