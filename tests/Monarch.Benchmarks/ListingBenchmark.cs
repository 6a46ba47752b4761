using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monarch.Benchmarks.Contenders;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.Api;
using Spectre.Console;

namespace Monarch.Benchmarks;

/// <summary>What listing a repository costs the client, beside an HttpClient that reads the same pages into the same records.</summary>
static class ListingBenchmark
{
    const double Most = 1.5;
    const string Title = "Monarch";
    const int PageLength = 100;
    const int WarmUps = 10;

    static readonly Option<int> Issues = NumberOption.Create("--issues", "Issues of the repository", 1000);
    static readonly Option<int> Characters = NumberOption.Create("--characters", "Characters of each issue's body", 8000, least: 0);
    static readonly Option<int> Runs = NumberOption.Create("--runs", "Measured runs of each", 30);

    public static Command Create()
    {
        var command = new Command("listing", "Time and memory of listing a repository, beside a bare HttpClient with source-generated JSON")
        {
            Issues,
            Characters,
            Runs,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        var (issues, characters, runs) = (options.GetValue(Issues), options.GetValue(Characters), options.GetValue(Runs));
        var rows = new List<(string Contender, TimeSpan Time, double MiB)>();
        await AnsiConsole
            .Status()
            .StartAsync(
                "Starting the sandbox",
                async status =>
                {
                    await using var sandbox = await SandboxProcess.StartAsync(TimeSpan.Zero);
                    var repositoryId = await sandbox.AddRepositoryAsync(issues, characters, cancellationToken);
                    await using var services = Services(sandbox.GitHubUrl);
                    var client = services
                        .GetRequiredService<GitHubClients>()
                        .As(new("user:1", null, new TokenCredential(SandboxProcess.Token, "The benchmark's token", "None.")));
                    using var http = new HttpClient { BaseAddress = sandbox.GitHubUrl };
                    http.DefaultRequestHeaders.UserAgent.ParseAdd("bare-listing");
                    http.DefaultRequestHeaders.Authorization = new("Bearer", SandboxProcess.Token);

                    (string Name, Func<Task<int>> ListAsync)[] contenders =
                    [
                        (
                            "bare HttpClient",
                            () =>
                                ListAsync(
                                    repositoryId,
                                    issues,
                                    async page =>
                                        JsonSerializer.Deserialize(
                                            await http.GetByteArrayAsync(page, cancellationToken),
                                            GitHubJson.Default.IReadOnlyListIssue
                                        )!
                                )
                        ),
                        // It has a page's last byte after its first issues, so neither a deadline nor a repair can cover the whole page.
                        (
                            "bare HttpClient, streaming",
                            () =>
                                ListAsync(
                                    repositoryId,
                                    issues,
                                    async page =>
                                        (await http.GetFromJsonAsync(page, GitHubJson.Default.IReadOnlyListIssue, cancellationToken))!
                                )
                        ),
                        (Title, () => ListAsync(client, repositoryId, cancellationToken)),
                    ];
                    var samples = contenders.Select(_ => new List<Sample>()).ToList();
                    status.Status("Measuring");
                    for (var run = -WarmUps; run < runs; run++)
                    {
                        foreach (var (contender, its) in contenders.Zip(samples))
                        {
                            its.Add(await MeasureAsync(contender.ListAsync, issues));
                        }
                    }

                    rows.AddRange(
                        contenders.Zip(
                            samples,
                            (contender, its) =>
                                (
                                    contender.Name,
                                    its.Skip(WarmUps).Select(sample => sample.Time).Median(),
                                    its.Skip(WarmUps).Select(sample => sample.MiB).Median()
                                )
                        )
                    );
                }
            );

        var report = new Report(
            $"Listing {issues} issues with bodies of {characters} characters, median of {runs} runs in turns",
            "Client",
            "ms",
            "of the bare client",
            "MiB allocated",
            "of the bare client",
            "bar",
            "met"
        );
        var bare = rows[0];
        foreach (var (contender, time, mebibytes) in rows)
        {
            var (slower, larger) = (time / bare.Time, mebibytes / bare.MiB);
            var hasBar = contender == Title;
            report.Add(
                contender,
                Report.Milliseconds(time),
                Report.Number(slower, "0.00"),
                Report.Number(mebibytes, "0.0"),
                Report.Number(larger, "0.00"),
                hasBar ? $"≤ {Report.Number(Most, "0.0")}" : "",
                hasBar ? Report.Met(slower <= Most && larger <= Most) : ""
            );
        }

        report.Write(machine);
    }

    static async Task<Sample> MeasureAsync(Func<Task<int>> listAsync, int expected)
    {
        var (bytes, began) = (GC.GetTotalAllocatedBytes(precise: true), TimeProvider.System.GetTimestamp());
        var listed = await listAsync();
        var time = TimeProvider.System.GetElapsedTime(began);
        return listed == expected
            ? new(time, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)(1 << 20))
            : throw new InvalidOperationException($"{listed} issues were listed instead of {expected}.");
    }

    static async Task<int> ListAsync(long repositoryId, int issues, Func<string, Task<IReadOnlyList<Issue>>> getAsync)
    {
        var count = 0;
        for (var page = 1; page <= (issues + PageLength - 1) / PageLength; page++)
        {
            count += (
                await getAsync($"repositories/{repositoryId}/issues?state=all&sort=created&direction=asc&per_page={PageLength}&page={page}")
            ).Count;
        }

        return count;
    }

    static async Task<int> ListAsync(GitHubClient client, long repositoryId, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var page in client.ListIssuesAsync(repositoryId, IssueOrder.OldestFirst, cancellationToken))
        {
            count += page.Issues.Count;
        }

        return count;
    }

    static ServiceProvider Services(Uri gitHub) =>
        new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddGitHubClient(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(
                        new Dictionary<string, string?>(
                            Unlimited.Settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
                        )
                        {
                            ["GITHUB_API_URL"] = gitHub.ToString(),
                            ["GH_PAT"] = SandboxProcess.Token,
                        }
                    )
                    .Build()
            )
            .BuildServiceProvider();

    readonly record struct Sample(TimeSpan Time, double MiB);
}
