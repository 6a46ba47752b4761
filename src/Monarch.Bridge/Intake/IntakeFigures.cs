using System.Diagnostics.Metrics;
using Monarch.Hosting.Telemetry;

namespace Monarch.Bridge.Intake;

/// <summary>The entries of the intakes that no saga has saved yet.</summary>
sealed class IntakeFigures : ISharedFigures
{
    readonly IReadOnlyList<(string Name, IIntakeStream Stream)> _intakes;
    readonly SharedGauge<long> _pending;

    /// <param name="requests">The intake of requests; null on a host without one.</param>
    /// <param name="moves">The intake of Usher's moves; null on a host without one.</param>
    /// <param name="meters">Makes the meter.</param>
    public IntakeFigures(IIntakeStream? requests, IIntakeStream? moves, IMeterFactory meters)
    {
        _intakes = [.. new[] { ("requests", requests), ("moves", moves) }.Where(x => x.Item2 is not null).Select(x => (x.Item1, x.Item2!))];
        _pending = new(meters.Create("Monarch"), "monarch.intake.pending", "{entry}", "Entries of an intake that no saga has saved yet.");
    }

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var pending = new List<Measurement<long>>();
        foreach (var (name, stream) in _intakes)
        {
            pending.Add(new(await stream.CountAsync(cancellationToken), new KeyValuePair<string, object?>("intake", name)));
        }

        _pending.Set(pending);
    }

    public void Forget() => _pending.Clear();
}
