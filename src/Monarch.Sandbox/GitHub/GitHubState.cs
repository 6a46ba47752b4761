using Monarch.Sandbox.Faults;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Limits;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub;

/// <summary>The state of the simulated GitHub. Limits, faults and the request log are shared with Slack.</summary>
sealed class GitHubState(SandboxOptions options, CurrentLimits limits, FaultInjector faults, RequestLog requests, TimeProvider time)
{
    public SandboxOptions Options { get; } = options;
    public SandboxLimits Limits => limits.Value;
    public FaultInjector Faults { get; } = faults;
    public RequestLog Requests { get; } = requests;
    public TimeProvider Time { get; } = time;
    public RepositoryStore Repositories { get; } = new(time);
    public Accounts Accounts { get; } = new(options, time);
    public ExchangeRecorder? Recorder { get; } = string.IsNullOrEmpty(options.Record) ? null : new(options.Record);

    /// <summary>The creation time of everything without a time of its own.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>Whether a login exists: that of a token, of an owner, or one named by a seed.</summary>
    public bool IsKnown(string login) => Accounts.HasLogin(login) || Repositories.HasLogin(login);
}
