using System.Diagnostics.Metrics;
using Monarch.Hosting.Processes;

namespace Monarch.Hosting.Telemetry;

/// <summary>The number of processes. Reading the list also detects missed heartbeats.</summary>
sealed class ProcessFigures : ISharedFigures
{
    static readonly string[] Roles = ["bridge", "workers", "serve", "usher", "archive"];

    readonly ProcessDirectory _processes;
    readonly bool _needsWorkers;
    readonly SharedGauge<int> _count;
    readonly HashSet<string> _roles = [];

    public ProcessFigures(ProcessDirectory processes, HostRole role, ProcessInstruments instruments, IMeterFactory meters)
    {
        (_processes, _needsWorkers) = (processes, role is { HasBridge: true, HasWorkers: false });
        instruments.WatchOthers();
        _count = new(meters.Create("Monarch"), "monarch.processes", "{process}", "Processes in Redis' list, by role and state.");
    }

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var counts = (await _processes.ListAsync(cancellationToken)).CountBy(x => (Role: Role(x), State: State(x))).ToDictionary();
        _roles.UnionWith(counts.Keys.Select(x => x.Role));
        // Workers that never started count as missing too, unless a process of the role serve runs them.
        var shown = _needsWorkers && !_roles.Contains(HostRole.Serve.Name) ? _roles.Append(HostRole.Workers.Name) : _roles;
        foreach (var role in shown)
        {
            // A role without processes is shown as zero: an alert needs a series.
            counts.TryAdd((role, "ready"), 0);
            counts.TryAdd((role, "unready"), 0);
            counts.TryAdd((role, "missed"), 0);
        }

        _count.Set(counts.Select(x => new Measurement<int>(x.Value, new("role", x.Key.Role), new("state", x.Key.State))));
    }

    public void Forget() => _count.Clear();

    static string State(ProcessState process) =>
        process.IsMissed == true ? "missed"
        : process.IsReady ? "ready"
        : "unready";

    // Entries of other programs must not create further series.
    static string Role(ProcessState process) => Roles.Contains(process.Role) ? process.Role : "other";
}
