using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.DryRuns;
using Monarch.Bridge.Status;
using Monarch.Cli.Clients;
using Monarch.Cli.Hosts;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;
using Monarch.Hosting.Http;
using Monarch.Hosting.Startup;
using Monarch.Sandbox;
using Monarch.Sandbox.Model;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>Monarch whole, in one process without a server, before a simulated GitHub and Slack; asked and watched over its API.</summary>
public abstract class JourneyTest : IAsyncLifetime
{
    protected const string Source = "school/template";

    WebApplication? _app;
    MonarchApi? _api;
    (string Key, string Value)[] _settings = [];

    protected SandboxServer Sandbox { get; private set; } = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected virtual SandboxOptions Options => new();

    public async ValueTask InitializeAsync() => Sandbox = await SandboxServer.StartAsync(Options, Ct);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await StopAsync();
        await Sandbox.DisposeAsync();
    }

    /// <summary>Starts Monarch; short waits, so that a test does not wait long.</summary>
    protected async Task StartAsync(params (string Key, string Value)[] settings)
    {
        _settings = settings;
        var all = MonarchHosts.Private();
        all["GITHUB_API_URL"] = Sandbox.GitHubUrl.ToString();
        all["GH_PAT"] = "ghp_secret";
        all["SLACK_API_URL"] = Sandbox.SlackUrl.ToString();
        all["SLACK_BOT_TOKEN"] = "xoxb-secret";
        all["SLACK_UPDATE_INTERVAL"] = "0.1";
        (all["SLACK_MESSAGE_INTERVAL"], all["SLACK_UPDATES_PER_MINUTE"]) = ("0", "0");
        all["MONARCH_ALLOWED_OWNERS"] = "";
        all["MIGRATION_RETRY_DELAY"] = "0.05";
        all["GITHUB_RETRY_INTERVAL"] = "5";
        all["GITHUB_BREAKER_RESET"] = "0.1";
        all["GITHUB_SETTLE"] = "0.3";
        foreach (var (key, value) in WithoutLimits.WithShortWaits)
        {
            all[key] = value;
        }

        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        _app = MonarchHosts.CreateBuilder(HostRole.Serve, all).BuildHost(MonarchHosts.Map);
        await _app.StartAsync(Ct);
        _api = new(_app.Services.GetRequiredService<HostAddresses>().Web!);
    }

    /// <summary>Another process with the same settings, or with others; what the first one kept in memory is gone.</summary>
    protected async Task RestartAsync(params (string Key, string Value)[] settings)
    {
        await StopAsync();
        await StartAsync(settings.Length > 0 ? settings : _settings);
    }

    protected Task<Guid> RequestAsync(
        IEnumerable<string> targets,
        string? channel = "C1",
        string source = Source,
        params (string Field, JsonNode Value)[] with
    ) => _api!.RequestAsync(Message(targets, channel, source, with), Ct);

    /// <summary>Runs a dry run to its end.</summary>
    private protected async Task<DryRunView> DryRunAsync(IEnumerable<string> targets, params (string Field, JsonNode Value)[] with)
    {
        var id = await _api!.RequestDryRunAsync(Message(targets, null, Source, with), Ct);
        DryRunView? last = null;
        await foreach (var (view, _) in _api.FollowDryRunAsync(id, wait: true, Ct))
        {
            last = view;
        }

        return last!;
    }

    static string Message(IEnumerable<string> targets, string? channel, string source, (string Field, JsonNode Value)[] with)
    {
        var request = new JsonObject
        {
            ["source_repo"] = source,
            ["all_target_repositories"] = new JsonArray([.. targets.Select(target => (JsonNode)target)]),
            ["notification_channel"] = channel,
        };
        foreach (var (field, value) in with)
        {
            request[field] = value.DeepClone();
        }

        return request.ToJsonString();
    }

    protected Task CommandAsync(Guid id, InterventionKind kind) => _api!.CommandAsync(id, kind, null, Ct);

    protected T Service<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    private protected async Task<MigrationView> ViewAsync(Guid id)
    {
        await foreach (var (view, _) in _api!.FollowAsync(id, wait: true, Ct))
        {
            return view;
        }

        throw new InvalidOperationException("There is always a first view.");
    }

    private protected Task<MigrationView> UntilAsync(Guid id, Func<MigrationView, bool> condition, string what) =>
        Until.ValueAsync(async () => await ViewAsync(id) is var view && condition(view) ? view : null, what);

    private protected Task<MigrationView> EndAsync(Guid id) =>
        UntilAsync(id, view => view.Status > BatchStatus.Migrating, "the migration ends");

    private protected async Task<MigrationView> MigrateAsync(IEnumerable<string> targets, string? channel = "C1", string source = Source) =>
        await EndAsync(await RequestAsync(targets, channel, source));

    protected static string[] Teams(int count) => [.. Enumerable.Range(1, count).Select(number => $"teams/n{number}")];

    protected void Seed(int issues, string[] teams, int closed = 0, int pullRequests = 0)
    {
        Sandbox.Seed(
            new()
            {
                FullName = Source,
                GenerateIssues = issues,
                GenerateClosedIssues = closed,
                GeneratePullRequests = pullRequests,
            }
        );
        foreach (var team in teams)
        {
            Sandbox.Seed(new() { FullName = team });
        }
    }

    protected IReadOnlyList<string> Titles(string repository) => [.. Sandbox.Repository(repository).Issues!.Select(issue => issue.Title)];

    /// <summary>What every target is to have.</summary>
    protected IReadOnlyList<string> Wanted() =>
        [
            .. Sandbox
                .Repository(Source)
                .Issues!.Where(issue => issue is { State: "open", IsPullRequest: false })
                .Select(issue => issue.Title),
        ];

    protected void ShouldBeFilled(params string[] targets)
    {
        foreach (var target in targets)
        {
            Titles(target).ShouldBe(Wanted(), target);
            Sandbox.Repository(target).HighestConcurrentCreations.ShouldBeLessThanOrEqualTo(1);
        }
    }

    /// <summary>The requests that changed something at GitHub.</summary>
    protected long Writes() =>
        Sandbox
            .Requests()
            .ByKind.Where(kind =>
                !kind.Key.StartsWith("GET", StringComparison.Ordinal) && !kind.Key.StartsWith("slack", StringComparison.Ordinal)
            )
            .Sum(kind => kind.Value.Values.Sum());

    protected Task<IReadOnlyList<SlackMessageView>> SlackAsync(int messages) =>
        Until.ValueAsync(
            () => Task.FromResult(Sandbox.SlackMessages() is var all && all.Count >= messages ? all : null),
            $"Slack has {messages} messages"
        );

    /// <summary>A student changes an issue.</summary>
    protected Task PatchAsync(string repository, int number, object change) =>
        SendAsync(HttpMethod.Patch, repository, $"issues/{number}", change);

    /// <summary>A student sends a request to GitHub.</summary>
    protected async Task SendAsync(HttpMethod method, string repository, string path, object? body = null)
    {
        using var http = new HttpClient { BaseAddress = Sandbox.GitHubUrl };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "ghp_student");
        http.DefaultRequestHeaders.UserAgent.Add(new("student", "1"));
        using var request = new HttpRequestMessage(method, new Uri($"repos/{repository}/{path}", UriKind.Relative));
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await http.SendAsync(request, Ct);
        answer.EnsureSuccessStatusCode();
    }

    protected async Task StopAsync()
    {
        _api?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }
    }
}
