namespace Monarch.Hosting;

/// <summary>A process of Monarch, as it was when it last said so.</summary>
public sealed record ProcessState
{
    /// <summary>Identifies the process; another one after each start.</summary>
    public required string Id { get; init; }

    /// <summary>What it runs: <c>bridge</c>, <c>workers</c> or <c>serve</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The machine's name.</summary>
    public required string Host { get; init; }

    /// <summary>The id that the process has on its machine.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Monarch's version.</summary>
    public required string Version { get; init; }

    /// <summary>When it started (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it said this (UTC).</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Whether it can do all its work.</summary>
    public required bool IsReady { get; init; }

    /// <summary>Why it cannot; left out when it can.</summary>
    public string? Reason { get; init; }

    /// <summary>Seconds between its heartbeats; null for a version that does not say so.</summary>
    public double? HeartbeatSeconds { get; init; }

    /// <summary>How old its last heartbeat is, in seconds, by Redis' clock; null in the heartbeat itself.</summary>
    public double? HeartbeatAgeSeconds { get; init; }

    /// <summary>Whether three heartbeats are missing: it hangs, was killed, or cannot reach Redis. Null in the heartbeat itself.</summary>
    public bool? IsMissed { get; init; }
}
