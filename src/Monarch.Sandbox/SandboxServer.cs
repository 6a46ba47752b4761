using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Monarch.Sandbox.Admin;
using Monarch.Sandbox.GitHub;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Slack;

namespace Monarch.Sandbox;

/// <summary>
/// A simulated GitHub and Slack with their real rules, in memory, on one address. The members do the same as the
/// endpoints behind <see cref="AdminUrl"/>, for whoever runs it in process. Everything is thread-safe.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly SandboxState _state;
    readonly Uri _address;

    SandboxServer(WebApplication app, SandboxState state)
    {
        _app = app;
        _state = state;
        _address = new Uri(app.Urls.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal));
    }

    /// <summary>The base address of GitHub's REST API, for <c>GITHUB_API_URL</c>.</summary>
    public Uri GitHubUrl => new(_address, GitHubApi.Prefix);

    /// <summary>The base address of Slack's Web API, for <c>SLACK_API_URL</c>.</summary>
    public Uri SlackUrl => new(_address, SlackApi.Prefix);

    /// <summary>Where the sandbox is seeded, read and disturbed; reading it says how.</summary>
    public Uri AdminUrl => new(_address, AdminEndpoints.Prefix);

    /// <summary>The limits now; a new object replaces all of them.</summary>
    public SandboxLimits Limits
    {
        get => _state.Limits;
        set => _state.Limits = value;
    }

    /// <summary>Latency and faults now; a new object replaces all of them and begins its random numbers anew.</summary>
    public SandboxFaults Faults
    {
        get => _state.Faults.Settings;
        set => _state.Faults.Settings = value;
    }

    /// <summary>Starts a sandbox; it listens when the task ends. Throws <see cref="IOException"/> when the address is taken, <see cref="ArgumentException"/> for a bad seed.</summary>
    public static Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken ct = default) => StartAsync(options, TimeProvider.System, ct);

    /// <summary>Starts a sandbox whose clock is <paramref name="time"/>.</summary>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, TimeProvider time, CancellationToken ct = default)
    {
        var state = new SandboxState(options, time);
        state.Seed(new SeedRequest { Repositories = options.Repositories });

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(options.Url);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoopHostLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        Map(app, state);
        try
        {
            await app.StartAsync(ct);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new SandboxServer(app, state);
    }

    /// <summary>Puts a repository into the sandbox, or replaces it. Throws <see cref="ArgumentException"/> for a bad name or flag.</summary>
    public void Seed(SeedRepository repository) => _state.Repositories.Seed(repository);

    /// <summary>Every repository, without issues.</summary>
    public IReadOnlyList<RepositoryView> Repositories() => [.. _state.Repositories.All.Select(r => r.View(withIssues: false))];

    /// <summary>A repository with its issues, by its present name. Throws <see cref="ArgumentException"/> when there is none.</summary>
    public RepositoryView Repository(string fullName) => Find(fullName).View(withIssues: true);

    /// <summary>Sets flags of a repository.</summary>
    public void Change(string fullName, RepositoryFlags flags) => Find(fullName).Apply(flags);

    /// <summary>Deletes an issue: listings leave it out, and asking for it answers 410. Throws <see cref="ArgumentException"/> when there is none.</summary>
    public void DeleteIssue(string fullName, int number)
    {
        if (!Find(fullName).Delete(number))
            throw new ArgumentException($"There is no issue {number} in {fullName}.");
    }

    /// <summary>Renames or transfers a repository: the old name redirects from now on.</summary>
    public void Rename(string from, string to) => _state.Repositories.Rename(from, to);

    /// <summary>Revokes every token that an installation of an App was given: whoever uses one gets 401.</summary>
    public void RevokeInstallationTokens() => _state.Accounts.Apps.Revoke();

    /// <summary>Says how the next requests that match shall end.</summary>
    public void Script(ScriptedAnswer answer) => _state.Faults.Script(answer);

    /// <summary>What was asked so far.</summary>
    public RequestsView Requests() => _state.Requests.View();

    /// <summary>The latest ten thousand GitHub requests, in the order in which they ended.</summary>
    public IReadOnlyList<LoggedRequest> LatestRequests() => _state.Requests.Latest();

    /// <summary>Headers of tracing that GitHub or Slack were sent: there should be none.</summary>
    public IReadOnlyCollection<string> TraceHeaders => [.. _state.TraceHeaders.Keys];

    /// <summary>Every Slack message so far, oldest first.</summary>
    public IReadOnlyList<SlackMessageView> SlackMessages() => _state.Slack.View();

    /// <summary>Back to the repositories of the start (with new ids, unless they were given): nothing counted, nobody limited; limits and faults are off.</summary>
    public void Reset() => _state.Reset();

    /// <summary>Stops within a second, whatever is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    Repository Find(string fullName) => _state.Repositories.Find(fullName) ?? throw new ArgumentException($"There is no repository {fullName}.");

    static void Map(WebApplication app, SandboxState state)
    {
        app.Use((context, next) =>
        {
            foreach (var header in SandboxState.TracingHeaders.Where(context.Request.Headers.ContainsKey))
                state.TraceHeaders.TryAdd(header, true);
            return next(context);
        });
        var stopping = app.Lifetime.ApplicationStopping;
        var slack = new SlackApi(state, stopping);
        app.MapGitHub(state, stopping);
        app.Map(SlackApi.Prefix + "{**method:minlength(1)}", context => slack.HandleAsync(context, context.Request.Path.Value!));
        app.MapAdmin(state);
        // For a container's health check.
        app.MapGet("/health/ready", context => context.Response.WriteAsync("ready\n", context.RequestAborted));
    }
}
