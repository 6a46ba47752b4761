using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Monarch.Sandbox.Admin;
using Monarch.Sandbox.GitHub;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Model;
using Monarch.Sandbox.Slack;

namespace Monarch.Sandbox;

/// <summary>
/// A simulated GitHub and Slack with their real rules, in memory, on one address. The members do the same as the
/// endpoints below <see cref="AdminUrl"/>, for in-process use. All members are thread-safe.
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
        var url = app.Urls.First();
        _address = new Uri(
            url.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal)
        );
    }

    /// <summary>The base address of GitHub's REST API, for <c>GITHUB_API_URL</c>.</summary>
    public Uri GitHubUrl => new(_address, GitHubApi.Prefix);

    /// <summary>The base address of Slack's Web API, for <c>SLACK_API_URL</c>.</summary>
    public Uri SlackUrl => new(_address, SlackApi.Prefix);

    /// <summary>The base address of the admin endpoints; a GET lists them.</summary>
    public Uri AdminUrl => new(_address, AdminEndpoints.Prefix);

    /// <summary>The current limits; a new object replaces all of them.</summary>
    public SandboxLimits Limits
    {
        get => _state.Limits;
        set => _state.Limits = value;
    }

    /// <summary>The current latency and faults; a new object replaces all of them and restarts the random numbers.</summary>
    public SandboxFaults Faults
    {
        get => _state.Faults.Settings;
        set => _state.Faults.Settings = value;
    }

    /// <summary>
    /// Starts a sandbox; it listens when the task completes. Throws <see cref="IOException"/> when the address is in use,
    /// <see cref="ArgumentException"/> for a bad seed.
    /// </summary>
    public static Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken ct = default) =>
        StartAsync(options, TimeProvider.System, ct);

    /// <summary>Starts a sandbox with the clock <paramref name="time"/>.</summary>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, TimeProvider time, CancellationToken ct = default)
    {
        var state = new SandboxState(options, time);
        state.Seed(options.Organisations, options.Repositories);

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

    /// <summary>Adds or replaces a repository. Throws <see cref="ArgumentException"/> for a bad name or flag.</summary>
    public void Seed(SeedRepository repository) => _state.GitHub.Repositories.Seed(repository);

    /// <summary>Adds or replaces an organisation with its issue types. Throws <see cref="ArgumentException"/> for an unknown colour.</summary>
    public void SeedOrganisation(SeedOrganisation organisation) => _state.GitHub.Repositories.Organisations.Seed(organisation);

    /// <summary>All repositories, without issues.</summary>
    public IReadOnlyList<RepositoryView> Repositories() =>
        [.. _state.GitHub.Repositories.All.Select(r => Views.Of(_state.GitHub.Repositories, r, withIssues: false))];

    /// <summary>A repository with its issues, by its current name. Throws <see cref="ArgumentException"/> when it does not exist.</summary>
    public RepositoryView Repository(string fullName) => Views.Of(_state.GitHub.Repositories, Find(fullName), withIssues: true);

    /// <summary>Sets flags of a repository.</summary>
    public void Change(string fullName, RepositoryFlags flags) => Find(fullName).Apply(flags);

    /// <summary>
    /// Deletes an issue: listings omit it, and reading it answers 410. Throws <see cref="ArgumentException"/> when it does not exist.
    /// </summary>
    public void DeleteIssue(string fullName, int number)
    {
        if (!Find(fullName).Delete(number))
        {
            throw new ArgumentException($"There is no issue {number} in {fullName}.");
        }
    }

    /// <summary>Renames or transfers a repository: the old name redirects.</summary>
    public void Rename(string from, string to) => _state.GitHub.Repositories.Rename(from, to);

    /// <summary>Revokes every installation token: requests with one are answered with 401.</summary>
    public void RevokeInstallationTokens() => _state.GitHub.Accounts.Apps.Revoke();

    /// <summary>Scripts the answer of the next matching requests.</summary>
    public void Script(ScriptedAnswer answer) => _state.Faults.Script(answer);

    /// <summary>The requests so far.</summary>
    public RequestsView Requests() => _state.Requests.View();

    /// <summary>The latest ten thousand GitHub requests, in order of completion.</summary>
    public IReadOnlyList<LoggedRequest> LatestRequests() => _state.Requests.Latest();

    /// <summary>The tracing headers that GitHub or Slack received; none are expected.</summary>
    public IReadOnlyCollection<string> TraceHeaders => [.. _state.TraceHeaders.Keys];

    /// <summary>All Slack messages so far, oldest first.</summary>
    public IReadOnlyList<SlackMessageView> SlackMessages() => _state.Slack.View();

    /// <summary>
    /// Restores the initial repositories (with new ids, unless they were set), clears all counts and turns limits and faults off.
    /// </summary>
    public void Reset() => _state.Reset();

    /// <summary>Stops within a second, even with requests in flight.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    Repository Find(string fullName) =>
        _state.GitHub.Repositories.Find(fullName) ?? throw new ArgumentException($"There is no repository {fullName}.");

    static void Map(WebApplication app, SandboxState state)
    {
        app.Use(
            (context, next) =>
            {
                foreach (var header in SandboxState.TracingHeaders.Where(context.Request.Headers.ContainsKey))
                {
                    state.TraceHeaders.TryAdd(header, true);
                }

                return next(context);
            }
        );
        var stopping = app.Lifetime.ApplicationStopping;
        var slack = new SlackApi(state.Slack, state.Faults, state.Requests, state.Time, stopping);
        app.MapGitHub(state.GitHub, stopping);
        app.Map(SlackApi.Prefix + "{**method:minlength(1)}", context => slack.HandleAsync(context, context.Request.Path.Value!));
        app.MapAdmin(state);
        // The health check of a container.
        app.MapGet("/health/ready", context => context.Response.WriteAsync("ready\n", context.RequestAborted));
    }
}
