using System.Collections.Concurrent;
using Monarch.Sandbox.Faults;
using Monarch.Sandbox.GitHub;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Model;
using Monarch.Sandbox.Slack;

namespace Monarch.Sandbox;

/// <summary>The state of a sandbox.</summary>
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
    public ExchangeRecorder? Recorder { get; } = string.IsNullOrEmpty(options.Record) ? null : new(options.Record);

    /// <summary>The creation time of everything without a time of its own.</summary>
    public DateTimeOffset BeganAt { get; } = time.GetUtcNow();

    public SandboxLimits Limits { get; set; } = options.Limits;

    /// <summary>Whether a login exists: that of a token, of an owner, or one named by a seed.</summary>
    public bool IsKnown(string login) => Accounts.HasLogin(login) || Repositories.HasLogin(login);

    public void Seed(SeedRequest seed)
    {
        foreach (var repository in seed.Repositories)
            Repositories.Seed(repository);
    }

    /// <summary>Restores the initial repositories, clears all counts and turns faults and limits off.</summary>
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
