using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MassTransit;
using MassTransit.Contracts;
using MassTransit.Middleware;

namespace Monarch.Workers.GitHub.Endpoints;

/// <summary>Reports the state of the circuit breakers of this process, one for each command that calls GitHub.</summary>
sealed class BreakerInstruments
{
    readonly ConcurrentDictionary<string, bool> _open = new();
    readonly Counter<long> _openings;

    public BreakerInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("Monarch");
        _openings = meter.CreateCounter<long>("monarch.github.breaker.openings", "{opening}", "How often a circuit breaker has opened.");
        meter.CreateObservableGauge("monarch.github.breaker.open", States, "1", "Whether a circuit breaker is open or half-open: 1 or 0.");
    }

    /// <summary>Returns the router for the events of a breaker.</summary>
    /// <param name="command">The command whose endpoint the breaker protects.</param>
    public IPipeRouter Observe(string command)
    {
        _open[command] = false;
        _openings.Add(0, Tag(command));
        var router = new PipeRouter();
        router.ConnectPipe(Pipe.Execute<EventContext<CircuitBreakerOpened>>(_ => Opened(command)));
        router.ConnectPipe(Pipe.Execute<EventContext<CircuitBreakerClosed>>(_ => _open[command] = false));
        return router;
    }

    // A half-open breaker that opens again counts as open throughout.
    void Opened(string command)
    {
        if (_open.TryUpdate(command, true, false))
        {
            _openings.Add(1, Tag(command));
        }
    }

    IEnumerable<Measurement<int>> States() => _open.Select(state => new Measurement<int>(state.Value ? 1 : 0, Tag(state.Key)));

    static KeyValuePair<string, object?> Tag(string command) => new("command", command);
}
