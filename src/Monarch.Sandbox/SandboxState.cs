using System.Collections.Concurrent;
using Monarch.Sandbox.Faults;
using Monarch.Sandbox.GitHub;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Slack;

namespace Monarch.Sandbox;

/// <summary>Everything that a sandbox remembers.</summary>
sealed class SandboxState(SandboxOptions options, TimeProvider time)
{
    public static readonly string[] TracingHeaders = ["traceparent", "tracestate", "baggage", "Request-Id", "Correlation-Context"];

    public ConcurrentDictionary<string, bool> TraceHeaders { get; } = [];

    public SandboxOptions Options { get; } = options;
    public TimeProvider Time { get; } = time;
    public RepositoryStore Repositories { get; } = new(time);
    public Accounts Accounts { get; } = new(options, time);
    public SlackWorkspace Slack { get; } = new(options, time);
    public FaultInjector Faults { get; } = new(options.Faults);
    public RequestLog Requests { get; } = new();

    public SandboxLimits Limits { get; set; } = options.Limits;

    public void Seed(SeedRequest seed)
    {
        foreach (var repository in seed.Repositories)
            Repositories.Seed(repository);
    }

    /// <summary>Back to how it started: the same repositories, nobody limited, nothing counted; faults and limits are off.</summary>
    public void Reset()
    {
        Limits = new SandboxLimits();
        Faults.ClearScripts();
        Faults.Settings = new SandboxFaults();
        Accounts.Reset();
        Slack.Reset();
        Repositories.Clear();
        Seed(new SeedRequest { Repositories = Options.Repositories });
        Requests.Reset();
    }
}
