using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Monarch.Bridge.Api;
using Monarch.Bridge.Status;
using Monarch.Redis.Connection;
using Monarch.Sandbox;
using Monarch.Testing;
using Shouldly;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Journeys;

/// <summary>A sandbox, its own Redis (publications ignore database numbers) and as many Monarch processes as a journey needs.</summary>
sealed class Fleet : IAsyncDisposable
{
    public const string Source = "nss-group-projects/cider-falls";
    public const string Channel = "channel_migrate_issue_tickets";

    // Several are started concurrently.
    readonly ConcurrentDictionary<MonarchProcess, int> _processes = [];
    readonly ConcurrentDictionary<MonarchProcess, string> _health = [];
    readonly HttpClient _http = new();

    Fleet(SandboxServer sandbox, RedisServer redis) => (Sandbox, Redis, Connection) = (sandbox, redis, RedisDatabase.Of(redis).Connect());

    public SandboxServer Sandbox { get; }

    public RedisServer Redis { get; }

    public RedisConnection Connection { get; }

    /// <summary>The settings of every process; a journey may add some before it starts them.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public static async Task<Fleet> StartAsync(
        Uri? rabbitMq = null,
        int issues = 120,
        int pullRequests = 10,
        int latencyMilliseconds = 0,
        bool newRedis = false,
        RedisServerOptions? redis = null
    )
    {
        var sandbox = await SandboxServer.StartAsync(new() { Faults = new() { LatencyMilliseconds = latencyMilliseconds } }, Token);
        sandbox.Seed(
            new()
            {
                FullName = Source,
                GenerateIssues = issues,
                GeneratePullRequests = pullRequests,
                GenerateClosedIssues = 7,
            }
        );
        var fleet = new Fleet(sandbox, await RedisServer.StartAsync((redis ?? new()) with { AppendOnly = true }));
        if (!newRedis)
        {
            await OldEpoch.WriteAsync(fleet.Redis.Port);
        }

        foreach (var (key, value) in RedisDatabase.Of(fleet.Redis).Settings)
        {
            fleet.Settings[key] = value;
        }

        foreach (var (key, value) in WithoutLimits.WithShortWaits)
        {
            fleet.Settings[key] = value;
        }

        fleet.Settings["GITHUB_API_URL"] = sandbox.GitHubUrl.ToString();
        fleet.Settings["GH_PAT"] = "a-token";
        fleet.Settings["SLACK_API_URL"] = sandbox.SlackUrl.ToString();
        fleet.Settings["SLACK_BOT_TOKEN"] = "a-bot";
        fleet.Settings["SLACK_UPDATE_INTERVAL"] = "0.2";
        fleet.Settings["SLACK_MESSAGE_INTERVAL"] = "0";
        fleet.Settings["SLACK_UPDATES_PER_MINUTE"] = "0";
        fleet.Settings["MONARCH_LOG_LEVEL"] = "Information";
        if (rabbitMq is not null)
        {
            fleet.Settings["RABBITMQ_URL"] = rabbitMq.ToString();
        }

        return fleet;
    }

    /// <summary>Starts a bridge, workers or serve on its own ports, with its own settings; by default waits until it is ready.</summary>
    public async Task<(MonarchProcess Process, Uri? Web)> StartAsync(
        string role,
        bool untilReady = true,
        params IReadOnlyList<(string Key, string Value)> settings
    )
    {
        var (web, metrics) = (FreePort.Next(), FreePort.Next());
        var all = new Dictionary<string, string>(Settings) { ["WEB_PORT"] = $"{web}", ["PROMETHEUS_PORT"] = $"{metrics}" };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var process = await MonarchProcess.StartAsync([role], all);
        _processes[process] = metrics;
        if (untilReady)
        {
            await Until.TrueAsync(
                async () => process.HasExited || await IsReadyAsync(process),
                $"{role} is ready",
                state: () => $"{Health(process)}\n{process.Output}"
            );
            process.HasExited.ShouldBeFalse(process.Output);
        }
        return (process, role == "workers" ? null : new Uri($"http://127.0.0.1:{web}/"));
    }

    /// <summary>Empty team repositories.</summary>
    public IReadOnlyList<string> SeedTeams(int count)
    {
        List<string> teams = [.. Enumerable.Range(1, count).Select(n => $"stevebrownlee/rare-test-{n}")];
        teams.ForEach(team => Sandbox.Seed(new() { FullName = team }));
        return teams;
    }

    /// <summary>The output of all processes.</summary>
    public string Output => string.Join("\n", _processes.Keys.Select(x => x.Output));

    public static string Message(IEnumerable<string> targets, string? channel = "C06GHMZB3M3", string source = Source) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object?>
            {
                ["source_repo"] = source,
                ["all_target_repositories"] = targets,
                ["notification_channel"] = channel,
            }
        );

    /// <summary>Publishes as the platform does, with redis-cli.</summary>
    public Task PublishAsync(string message) => CliAsync("PUBLISH", Channel, message);

    public async Task<string> CliAsync(params string[] command)
    {
        await using var cli = await ChildProcess.StartAsync("redis-cli", ["-p", $"{Redis.Port}", .. command]);
        (await cli.WaitForExitAsync()).ShouldBe(0, cli.Output);
        return cli.Output.Trim();
    }

    /// <summary>Ends the ten seconds in which the same publication counts as one.</summary>
    public async Task ForgetPublicationsAsync()
    {
        foreach (var key in (await CliAsync("--raw", "KEYS", "monarch:intake:once:*")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            await CliAsync("DEL", key);
        }
    }

    public async Task<IReadOnlyList<MigrationView>> MigrationsAsync(Uri web) =>
        JsonSerializer
            .Deserialize(await _http.GetStringAsync(new Uri(web, "api/migrations"), Token), ApiJson.Default.MigrationList)!
            .Migrations;

    public async Task<MigrationView> MigrationAsync(Uri web, Guid id) =>
        JsonSerializer.Deserialize(await _http.GetStringAsync(new Uri(web, $"api/migrations/{id}"), Token), ApiJson.Default.MigrationView)!;

    public async Task<IReadOnlyList<CredentialView>> CredentialsAsync(Uri web) =>
        JsonSerializer
            .Deserialize(await _http.GetStringAsync(new Uri(web, "api/credentials"), Token), ApiJson.Default.CredentialList)!
            .Credentials;

    /// <summary>Waits until this many migrations have ended, and returns all, newest first.</summary>
    public async Task<IReadOnlyList<MigrationView>> EndedAsync(Uri web, int count)
    {
        IReadOnlyList<MigrationView> all = [];
        await Until.TrueAsync(
            async () => (all = await MigrationsAsync(web)).Count(x => x.EndedAt is not null) >= count,
            $"{count} migrations have ended",
            state: () => Output
        );
        return all;
    }

    /// <summary>Every target holds the source's open issues, each once, in order, and nothing else.</summary>
    public void ShouldHoldTheSourceInOrder(IEnumerable<string> targets)
    {
        var titles = Sandbox
            .Repository(Source)
            .Issues!.Where(x => x is { State: "open", IsPullRequest: false })
            .Select(x => x.Title)
            .ToList();
        foreach (var target in targets)
        {
            Sandbox.Repository(target).Issues!.Select(x => x.Title).ShouldBe(titles, target);
        }
    }

    /// <summary>Requests a migration over HTTP; null when it cannot be accepted now. The same key is the same request.</summary>
    public async Task<Guid?> RequestAsync(Uri web, string message, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(web, "api/migrations"))
        {
            Content = new StringContent(message, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await _http.SendAsync(request, Token);
        return answer.StatusCode == HttpStatusCode.ServiceUnavailable
            ? null
            : JsonSerializer
                .Deserialize(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Token), ApiJson.Default.AcceptedMigration)!
                .Id;
    }

    /// <summary>The address of the metrics of a process.</summary>
    public int MetricsPort(MonarchProcess process) => _processes[process];

    /// <summary>The response of a process at <c>/metrics</c>, in text format 0.0.4.</summary>
    public Task<string> MetricsAsync(MonarchProcess process) =>
        _http.GetStringAsync($"http://127.0.0.1:{_processes[process]}/metrics", Token);

    /// <summary>Stops every running process, and waits for it.</summary>
    public async Task StopAsync()
    {
        var running = _processes.Keys.Where(x => !x.HasExited).ToList();
        running.ForEach(x => x.Terminate());
        await Task.WhenAll(running.Select(x => x.WaitForExitAsync()));
    }

    /// <summary>The readiness of a process.</summary>
    public async Task<bool> IsReadyAsync(MonarchProcess process)
    {
        try
        {
            using var answer = await _http.GetAsync($"http://127.0.0.1:{_processes[process]}/health/ready", Token);
            _health[process] = await answer.Content.ReadAsStringAsync(Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The response to the latest <see cref="IsReadyAsync"/>; empty before the first.</summary>
    public string Health(MonarchProcess process) => _health.GetValueOrDefault(process, "");

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.Keys)
        {
            await process.DisposeAsync();
        }

        await Connection.DisposeAsync();
        await Redis.DisposeAsync();
        await Sandbox.DisposeAsync();
        _http.Dispose();
    }
}
