namespace Monarch.Sandbox.Model;

/// <summary>The requests to the simulated GitHub and Slack since the start or the last reset.</summary>
public sealed record RequestsView
{
    /// <summary>The number of requests.</summary>
    public required long Total { get; init; }

    /// <summary>Requests by kind (such as <c>POST issues</c> or <c>slack chat.postMessage</c>) and status; 0 means no answer.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<int, long>> ByKind { get; init; }

    /// <summary>The highest number of concurrent GitHub requests.</summary>
    public required int HighestConcurrency { get; init; }

    /// <summary>The number of issues created, including those whose answer was lost.</summary>
    public required long Creations { get; init; }

    /// <summary>When the first issue was created (UTC); null: none.</summary>
    public DateTimeOffset? FirstCreation { get; init; }

    /// <summary>When the last issue was created (UTC); null: none.</summary>
    public DateTimeOffset? LastCreation { get; init; }

    /// <summary>How often each limit was exceeded by an account that was not limited already.</summary>
    public required IReadOnlyDictionary<string, long> Violations { get; init; }

    /// <summary>The number of requests by accounts that were limited already.</summary>
    public required long RequestsWhileLimited { get; init; }

    /// <summary>The logins that are banned.</summary>
    public required IReadOnlyList<string> Banned { get; init; }

    /// <summary>The number of requests of a kind, with any status.</summary>
    public long Of(string kind) => ByKind.TryGetValue(kind, out var statuses) ? statuses.Values.Sum() : 0;

    /// <summary>The number of requests of a kind with a status.</summary>
    public long Of(string kind, int status) =>
        ByKind.TryGetValue(kind, out var statuses) && statuses.TryGetValue(status, out var count) ? count : 0;
}
