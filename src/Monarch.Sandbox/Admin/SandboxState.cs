using System.Collections.Concurrent;
using Monarch.Sandbox.Faults;
using Monarch.Sandbox.GitHub;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Limits;
using Monarch.Sandbox.Model;
using Monarch.Sandbox.Slack;

namespace Monarch.Sandbox.Admin;

/// <summary>The state of a sandbox, for its server and its admin endpoints.</summary>
sealed class SandboxState
{
    public static readonly string[] TracingHeaders = ["traceparent", "tracestate", "baggage", "Request-Id", "Correlation-Context"];

    readonly SandboxOptions _options;
    readonly CurrentLimits _limits;

    public SandboxState(SandboxOptions options, TimeProvider time)
    {
        _options = options;
        _limits = new(options.Limits);
        Faults = new(options.Faults);
        GitHub = new(options, _limits, Faults, Requests, time);
        Slack = new(options, _limits, time);
        Time = time;
    }

    public TimeProvider Time { get; }
    public GitHubState GitHub { get; }
    public SlackWorkspace Slack { get; }
    public FaultInjector Faults { get; }
    public RequestLog Requests { get; } = new();
    public ConcurrentDictionary<string, bool> TraceHeaders { get; } = [];

    public SandboxLimits Limits
    {
        get => _limits.Value;
        set => _limits.Value = value;
    }

    public void Seed(IEnumerable<SeedOrganisation> organisations, IEnumerable<SeedRepository> repositories)
    {
        foreach (var organisation in organisations)
        {
            GitHub.Repositories.Organisations.Seed(organisation);
        }

        foreach (var repository in repositories)
        {
            GitHub.Repositories.Seed(repository);
        }
    }

    public void ClearFaults()
    {
        Faults.ClearScripts();
        Faults.Settings = new SandboxFaults();
    }

    /// <summary>Restores the initial repositories, clears all counts and turns faults and limits off.</summary>
    public void Reset()
    {
        Limits = new SandboxLimits();
        ClearFaults();
        GitHub.Accounts.Reset();
        Slack.Reset();
        GitHub.Repositories.Clear();
        Seed(_options.Organisations, _options.Repositories);
        Requests.Reset();
    }
}
