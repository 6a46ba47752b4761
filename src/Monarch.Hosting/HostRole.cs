namespace Monarch.Hosting;

/// <summary>Which parts of Monarch a process runs: its name in logs, metrics and traces.</summary>
public sealed class HostRole
{
    HostRole(string name, bool hasBridge, bool hasWorkers, bool hasUsherOnly = false, bool hasArchiveOnly = false) =>
        (Name, HasBridge, HasWorkers, HasUsherOnly, HasArchiveOnly) = (name, hasBridge, hasWorkers, hasUsherOnly, hasArchiveOnly);

    /// <summary>Accepts requests and reports their state.</summary>
    public static HostRole Bridge { get; } = new("bridge", hasBridge: true, hasWorkers: false);

    /// <summary>Processes migrations and deployments.</summary>
    public static HostRole Workers { get; } = new("workers", hasBridge: false, hasWorkers: true);

    /// <summary>Both in one process.</summary>
    public static HostRole Serve { get; } = new("serve", hasBridge: true, hasWorkers: true);

    /// <summary>Usher alone, with both of its parts in one process.</summary>
    public static HostRole Usher { get; } = new("usher", hasBridge: false, hasWorkers: false, hasUsherOnly: true);

    /// <summary>The archive alone, which keeps no state and needs no Redis.</summary>
    public static HostRole Archive { get; } = new("archive", hasBridge: false, hasWorkers: false, hasArchiveOnly: true);

    /// <summary>The role's name: <c>bridge</c>, <c>workers</c>, <c>serve</c>, <c>usher</c> or <c>archive</c>.</summary>
    public string Name { get; }

    /// <summary>Whether the host has a Bridge, and with it the API and the pages.</summary>
    public bool HasBridge { get; }

    /// <summary>Whether the host has workers.</summary>
    public bool HasWorkers { get; }

    /// <summary>Whether the host has the bridge part of Usher, on hosts of other roles where projects are configured.</summary>
    public bool HasUsherBridge => HasBridge || HasUsherOnly;

    /// <summary>Whether the host has the worker part of Usher, on hosts of other roles where projects are configured.</summary>
    public bool HasUsherWorkers => HasWorkers || HasUsherOnly;

    internal bool HasUsherOnly { get; }

    internal bool HasArchiveOnly { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
