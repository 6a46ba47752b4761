namespace Monarch.Sandbox;

/// <summary>What was asked of the simulated GitHub and Slack since the start or the last reset.</summary>
public sealed record RequestsView
{
    /// <summary>How many requests there were.</summary>
    public required long Total { get; init; }

    /// <summary>Requests by kind (<c>POST issues</c>, <c>GET issues</c>, <c>slack chat.postMessage</c> ...) and status; 0 stands for no answer.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<int, long>> ByKind { get; init; }

    /// <summary>The most GitHub requests that were under way at once.</summary>
    public required int HighestConcurrency { get; init; }

    /// <summary>How many issues were created, whatever was answered.</summary>
    public required long Creations { get; init; }

    /// <summary>When the first issue was created (UTC); null: none was.</summary>
    public DateTimeOffset? FirstCreation { get; init; }

    /// <summary>When the last issue was created (UTC); null: none was.</summary>
    public DateTimeOffset? LastCreation { get; init; }

    /// <summary>How often each limit was run into by an account that had not been told to wait.</summary>
    public required IReadOnlyDictionary<string, long> Violations { get; init; }

    /// <summary>How many requests were made by accounts that had been told to wait.</summary>
    public required long RequestsWhileLimited { get; init; }

    /// <summary>The logins that are refused for good.</summary>
    public required IReadOnlyList<string> Banned { get; init; }

    /// <summary>How many requests of a kind there were, whatever their status.</summary>
    public long Of(string kind) => ByKind.TryGetValue(kind, out var statuses) ? statuses.Values.Sum() : 0;

    /// <summary>How many requests of a kind got a status.</summary>
    public long Of(string kind, int status) =>
        ByKind.TryGetValue(kind, out var statuses) && statuses.TryGetValue(status, out var count) ? count : 0;
}
