using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Monarch.Benchmarks.Measuring;
using Monarch.Testing;

namespace Monarch.Benchmarks.Contenders;

/// <summary>
/// Monarch's hosts as processes, set up as their users would: what is not about servers or GitHub's limits has its default.
/// </summary>
/// <param name="sandbox">Their GitHub.</param>
/// <param name="own">Their settings for its limits, and others.</param>
abstract class MonarchHosts(SandboxProcess sandbox, IReadOnlyDictionary<string, string> own) : Contender
{
    // Seldom enough to cost next to nothing.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LongestMigration = TimeSpan.FromMinutes(30);

    readonly List<(MeasuredProcess Measured, MonarchProcess Process)> _hosts = [];
    readonly List<(string Name, TimeSpan Took)> _starts = [];

    public override IReadOnlyList<MeasuredProcess> Processes => Hosts;

    /// <summary>Monarch's own processes.</summary>
    public IReadOnlyList<MeasuredProcess> Hosts => [.. _hosts.Select(host => host.Measured)];

    /// <summary>How long each of them took from its start until it was ready.</summary>
    public IReadOnlyList<(string Name, TimeSpan Took)> Starts => _starts;

    /// <summary>The client of the hosts.</summary>
    protected HttpClient Http { get; } = new();

    /// <summary>The API of the host that has one.</summary>
    protected Uri Migrations { get; private set; } = null!;

    public sealed override async Task<DateTimeOffset> CopyAsync(
        string source,
        IReadOnlyList<string> targets,
        CancellationToken cancellationToken
    )
    {
        var began = await AskAsync(source, targets, cancellationToken);
        await UntilEndedAsync(began, cancellationToken);
        return began;
    }

    /// <summary>Asks for the source to be copied into targets, and does not wait for it.</summary>
    /// <returns>When it was asked to (UTC).</returns>
    public async Task<DateTimeOffset> AskAsync(string source, IReadOnlyList<string> targets, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.Serialize(new { source_repo = source, all_target_repositories = targets });
        var began = TimeProvider.System.GetUtcNow();
        await RequestAsync(request, cancellationToken);
        return began;
    }

    /// <summary>Asks for the list of migrations.</summary>
    /// <param name="skip">How many of the newest are left out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many are in the answer, how many of these have ended, and how long the answer took.</returns>
    public async Task<(int Listed, int Ended, TimeSpan Took)> ListAsync(int skip, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var page = (await Http.GetFromJsonAsync<Page>($"{Migrations}?skip={skip}&count=100", cancellationToken))!.Migrations;
        return (page.Count, page.Count(migration => migration.EndedAt is not null), TimeProvider.System.GetElapsedTime(began));
    }

    /// <summary>The API's forecast of the end of the newest migration; null while there is none.</summary>
    public async Task<DateTimeOffset?> ExpectedEndAsync(CancellationToken cancellationToken)
    {
        var newest = await Http.GetFromJsonAsync<Page>($"{Migrations}?count=1", cancellationToken);
        return newest!.Migrations is [var migration]
            ? (await Http.GetFromJsonAsync<Migration>($"{Migrations}/{migration.Id}", cancellationToken))!.ExpectedEndAt
            : null;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var (_, process) in _hosts)
        {
            await process.DisposeAsync();
        }

        Http.Dispose();
    }

    protected abstract Task RequestAsync(string request, CancellationToken cancellationToken);

    /// <summary>Starts a host and waits until it is ready.</summary>
    protected async Task StartAsync(string name, string command, IReadOnlyDictionary<string, string> settings)
    {
        var (web, metrics) = (FreePort.Next(), FreePort.Next());
        var began = TimeProvider.System.GetTimestamp();
        var process = await MonarchProcess.StartAsync(
            [command],
            new Dictionary<string, string>([.. settings, .. own])
            {
                ["GITHUB_API_URL"] = sandbox.GitHubUrl.ToString(),
                ["GH_PAT"] = SandboxProcess.Token,
                ["WEB_PORT"] = $"{web}",
                ["PROMETHEUS_PORT"] = $"{metrics}",
            }
        );
        _hosts.Add((new(name, process.Id), process));
        await Until.TrueAsync(() => IsReadyAsync(process, metrics), $"{command} is ready", state: () => process.Output);
        _starts.Add((name, TimeProvider.System.GetElapsedTime(began)));
        if (command != "workers")
        {
            Migrations = new($"http://127.0.0.1:{web}/api/migrations");
        }
    }

    async Task<bool> IsReadyAsync(MonarchProcess process, int port)
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"monarch ended with {process.ExitCode}: {process.Output}");
        }

        try
        {
            using var answer = await Http.GetAsync($"http://127.0.0.1:{port}/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    async Task UntilEndedAsync(DateTimeOffset began, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(LongestMigration);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var hasEnded = false;
            while (!hasEnded)
            {
                await Task.Delay(Pause, TimeProvider.System, either.Token);
                var newest = await Http.GetFromJsonAsync<Page>($"{Migrations}?count=1", either.Token);
                hasEnded = newest!.Migrations is [{ EndedAt: not null } migration] && migration.RequestedAt >= began;
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"{Name}: the migration did not end within {LongestMigration}. {string.Join('\n', _hosts.Select(host => host.Process.Output))}"
            );
        }
    }

    sealed record Page(IReadOnlyList<Migration> Migrations);

    sealed record Migration(Guid Id, DateTimeOffset RequestedAt, DateTimeOffset? EndedAt, DateTimeOffset? ExpectedEndAt);
}
