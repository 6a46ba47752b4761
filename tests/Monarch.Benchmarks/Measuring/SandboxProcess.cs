using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Monarch.Benchmarks.Contenders;
using Monarch.Sandbox.Model;
using Monarch.Testing;

namespace Monarch.Benchmarks.Measuring;

/// <summary>The sandbox in a separate process: seeded from here, and the record of all creations.</summary>
sealed partial class SandboxProcess : IAsyncDisposable
{
    public const string Token = "bench";

    readonly MonarchProcess _process;
    readonly HttpClient _admin;
    int _lastSource,
        _lastTarget;

    SandboxProcess(MonarchProcess process, Uri gitHub)
    {
        _process = process;
        GitHubUrl = gitHub;
        _admin = new() { BaseAddress = new(gitHub, "/admin/") };
    }

    public Uri GitHubUrl { get; }

    public MeasuredProcess Measured => new("sandbox", _process.Id);

    public static async Task<SandboxProcess> StartAsync(TimeSpan latency)
    {
        var process = await MonarchProcess.StartAsync([
            "sandbox",
            "--url",
            "http://127.0.0.1:0",
            "--latency",
            $"{latency.TotalMilliseconds:0}",
        ]);
        await process.WaitForOutputAsync("/admin/");
        return new(process, new(GitHubLine().Match(process.Output).Groups[1].Value));
    }

    /// <summary>Puts a source into it, with issues as students' projects have them.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> AddSourceAsync(int issues, CancellationToken cancellationToken)
    {
        var name = $"bench/template-{++_lastSource}";
        await SeedAsync([new() { FullName = name, GenerateIssues = issues }], cancellationToken);
        return name;
    }

    /// <summary>Puts a repository into it whose issues have bodies of this length.</summary>
    /// <returns>Its id.</returns>
    public async Task<long> AddRepositoryAsync(int issues, int characters, CancellationToken cancellationToken)
    {
        const long Id = 1_000_000;
        await SeedAsync(
            [
                new()
                {
                    FullName = "bench/listed",
                    Id = Id,
                    Issues =
                    [
                        .. Enumerable
                            .Range(1, issues)
                            .Select(n => new SeedIssue
                            {
                                Title = $"Ticket {n}",
                                Body = new('x', characters),
                                Labels = ["enhancement"],
                            }),
                    ],
                },
            ],
            cancellationToken
        );
        return Id;
    }

    /// <summary>Adds new, empty targets.</summary>
    /// <returns>Their names.</returns>
    public async Task<IReadOnlyList<string>> AddTargetsAsync(int count, CancellationToken cancellationToken)
    {
        var names = Enumerable.Range(0, count).Select(_ => $"bench/team-{++_lastTarget}").ToList();
        await SeedAsync([.. names.Select(name => new SeedRepository { FullName = name })], cancellationToken);
        return names;
    }

    /// <summary>A repository with all its issues, in the order of creation.</summary>
    public async Task<RepositoryView> ReadAsync(string name, CancellationToken cancellationToken) =>
        (await _admin.GetFromJsonAsync<RepositoryView>($"repositories/{name}", cancellationToken))!;

    /// <summary>Applies limits from now on; earlier creations do not count.</summary>
    public async Task LimitAsync(SandboxLimits limits, CancellationToken cancellationToken)
    {
        using var answer = await _admin.PutAsJsonAsync("limits", limits, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The number of requests so far, and of those that exceeded a limit.</summary>
    public async Task<RequestsView> RequestsAsync(CancellationToken cancellationToken) =>
        (await _admin.GetFromJsonAsync<RequestsView>("requests", cancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _process.DisposeAsync();
    }

    async Task SeedAsync(IList<SeedRepository> repositories, CancellationToken cancellationToken)
    {
        using var answer = await _admin.PostAsJsonAsync("seed", new SeedRequest { Repositories = repositories }, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    [GeneratedRegex("GITHUB_API_URL=(.*)")]
    private static partial Regex GitHubLine();
}
