using System.Diagnostics.Metrics;
using Monarch.Contracts.Migrations;
using Monarch.Hosting.Telemetry;

namespace Monarch.Bridge.Status;

/// <summary>How many of the newest 200 migrations have not ended.</summary>
sealed class MigrationFigures : ISharedFigures
{
    const int MigrationsRead = 200;

    readonly IStatusStore _store;
    readonly SharedGauge<int> _open;

    public MigrationFigures(IStatusStore store, IMeterFactory meters)
    {
        _store = store;
        _open = new(meters.Create("Monarch"), "monarch.migrations.open", "{migration}", "Migrations that have not ended, by state.");
    }

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var open = (await _store.ListAsync(0, MigrationsRead, cancellationToken))
            .Where(view => view.Status < BatchStatus.Completed)
            .ToList();
        var paused = open.Count(view => view.IsPaused);
        _open.Set([new(open.Count - paused, State("running")), new(paused, State("paused"))]);
    }

    public void Forget() => _open.Clear();

    static KeyValuePair<string, object?> State(string state) => new("state", state);
}
