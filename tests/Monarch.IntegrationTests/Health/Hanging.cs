using System.Net.Http.Headers;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Health;

public sealed class Hanging
{
    // Reads nothing, and holds the pipe for two minutes at most.
    const string UntilEnded = "for second in $(seq 120); do [ -s code ] && break; sleep 1; done";

    const int MostRequests = 300;

    static readonly HttpClient Http = new();

    [Fact]
    public async Task Should_exit_with_70_so_that_it_is_restarted()
    {
        using var directory = new TemporaryDirectory();
        var (web, metrics) = (FreePort.Next(), FreePort.Next());
        var settings = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = directory.Path,
            ["WEB_PORT"] = $"{web}",
            ["PROMETHEUS_PORT"] = $"{metrics}",
            ["GH_PAT"] = "a-token",
            ["MONARCH_WATCHDOG"] = "4",
        };
        // Nothing reads the log: once the pipe is full, logging blocks its thread.
        await using var shell = await ChildProcess.StartAsync(
            "sh",
            ["-c", $"(dotnet {Path.Combine(AppContext.BaseDirectory, "monarch.dll")} serve; echo $? > code) | {UntilEnded}"],
            settings,
            directory.Path
        );
        await Until.TrueAsync(async () => await IsReadyAsync(metrics), "it is ready");

        // More than its pool has threads, but few: each hanging request keeps its memory.
        List<Task> requests = [];
        await Until.TrueAsync(
            () =>
            {
                requests.RemoveAll(request => request.IsCompleted);
                while (requests.Count < MostRequests)
                {
                    requests.Add(PostAsync(web));
                }

                return Task.FromResult(HasEnded());
            },
            "it has ended"
        );
        (await File.ReadAllTextAsync(directory["code"], Token)).Trim().ShouldBe("70");

        bool HasEnded() => File.Exists(directory["code"]) && new FileInfo(directory["code"]).Length > 0;
    }

    static async Task<bool> IsReadyAsync(int port)
    {
        try
        {
            using var answer = await Http.GetAsync($"http://127.0.0.1:{port}/health/ready", Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // Each refusal is a line in the log.
    static async Task PostAsync(int port)
    {
        try
        {
            using var request = new StringContent("{\"source_repo\": \"no repository\"}", new MediaTypeHeaderValue("application/json"));
            using var answer = await Http.PostAsync($"http://127.0.0.1:{port}/api/migrations", request, Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException) { }
    }
}
