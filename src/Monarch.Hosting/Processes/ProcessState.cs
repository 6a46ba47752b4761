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
}
