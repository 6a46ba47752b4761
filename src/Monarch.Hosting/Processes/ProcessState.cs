namespace Monarch.Hosting.Processes;

/// <summary>The state of a process at its last heartbeat.</summary>
public sealed record ProcessState
{
    /// <summary>Identifies the process; a new id at each start.</summary>
    public required string Id { get; init; }

    /// <summary>Its role: <c>bridge</c>, <c>workers</c>, <c>serve</c>, <c>usher</c> or <c>archive</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The machine's name.</summary>
    public required string Host { get; init; }

    /// <summary>The operating system's id of the process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Monarch's version.</summary>
    public required string Version { get; init; }

    /// <summary>When it started (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the state was read (UTC).</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Whether all health checks pass.</summary>
    public required bool IsReady { get; init; }

    /// <summary>Why it is not ready; null when it is ready.</summary>
    public string? Reason { get; init; }

    /// <summary>Seconds between its heartbeats; null for a version that does not report it.</summary>
    public double? HeartbeatSeconds { get; init; }

    /// <summary>How old its last heartbeat is, in seconds, by Redis' clock; null in the heartbeat itself.</summary>
    public double? HeartbeatAgeSeconds { get; init; }

    /// <summary>
    /// Whether three heartbeats are missing: the process hangs, was killed, or cannot reach Redis. Null in the heartbeat itself.
    /// </summary>
    public bool? IsMissed { get; init; }
}
