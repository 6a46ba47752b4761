using System.Net.Http.Json;
using System.Text.Json;
using Monarch.Testing;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Cli;

/// <summary><c>monarch sandbox</c> with a template of five issues and two pull requests, and two empty teams.</summary>
sealed class SandboxProcess : IAsyncDisposable
{
    readonly MonarchProcess _process;
    readonly HttpClient _admin;

    SandboxProcess(MonarchProcess process)
    {
        _process = process;
        _admin = new() { BaseAddress = new(After("Everything that happens: ")) };
    }

    /// <summary>The settings of a program that uses it.</summary>
    public string[] Settings =>
        [
            $"GITHUB_API_URL={After("GITHUB_API_URL=")}",
            "GH_PAT=a-token",
            $"SLACK_API_URL={After("SLACK_API_URL=")}",
            "SLACK_BOT_TOKEN=a-bot",
            .. WithoutLimits.WithShortWaits.Select(setting => $"{setting.Key}={setting.Value}"),
        ];

    public static async Task<SandboxProcess> StartAsync()
    {
        var process = await MonarchProcess.StartAsync([
            "sandbox",
            "--url",
            "http://127.0.0.1:0",
            "--source",
            "school/template",
            "--issues",
            "5",
            "--pull-requests",
            "2",
            "--target",
            "teams/one",
            "--target",
            "teams/two",
        ]);
        await process.WaitForOutputAsync("/admin/");
        return new(process);
    }

    /// <summary>The titles of a repository's issues, in their order.</summary>
    public async Task<IReadOnlyList<string>> TitlesAsync(string repository, bool withPullRequests = true)
    {
        var view = await _admin.GetFromJsonAsync<JsonElement>($"repositories/{repository}", Token);
        return
        [
            .. view.GetProperty("issues")
                .EnumerateArray()
                .Where(issue => withPullRequests || !issue.GetProperty("isPullRequest").GetBoolean())
                .Select(issue => issue.GetProperty("title").GetString()!),
        ];
    }

    public async Task ChangeAsync(string repository, object flags) =>
        (await _admin.PatchAsJsonAsync($"repositories/{repository}", flags, Token)).EnsureSuccessStatusCode();

    public async Task ScriptAsync(object answer) =>
        (await _admin.PostAsJsonAsync("faults", new[] { answer }, Token)).EnsureSuccessStatusCode();

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _process.DisposeAsync();
    }

    string After(string label) =>
        _process.Output.Split('\n').First(line => line.StartsWith(label, StringComparison.Ordinal))[label.Length..].Trim();
}
