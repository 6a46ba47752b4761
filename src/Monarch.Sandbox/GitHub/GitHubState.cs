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

    /// <summary>Whether a login can be assigned to the issues of a repository.</summary>
    public bool CanBeAssigned(Repository repository, string login) =>
        repository.Assignees is { } assignees ? assignees.Contains(login, StringComparer.OrdinalIgnoreCase) : IsKnown(login);

    /// <summary>The logins that can be assigned to the issues of a repository.</summary>
    public IReadOnlyList<string> AssigneesOf(Repository repository) =>
        repository.Assignees
        ??
        [
            .. Accounts
                .Logins.Concat(Repositories.Logins)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Order(StringComparer.OrdinalIgnoreCase),
        ];

    /// <summary>The time until which listings show what was created.</summary>
    public DateTimeOffset ListedUntil()
    {
        var lag = Faults.Settings.ListingLagMilliseconds;
        return lag <= 0 ? DateTimeOffset.MaxValue : Time.GetUtcNow().AddMilliseconds(-lag);
    }

    // A login exists when it is that of a token, of an owner, or named by a seed.
    bool IsKnown(string login) => Accounts.HasLogin(login) || Repositories.HasLogin(login);
}
