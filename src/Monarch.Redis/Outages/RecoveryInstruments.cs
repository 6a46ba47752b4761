using System.Diagnostics.Metrics;

namespace Monarch.Redis.Outages;

/// <summary>Counts a process' attempts to recover a failed component, and their outcomes.</summary>
public sealed class RecoveryInstruments
{
    /// <summary>The connection to Redis.</summary>
    public const string Redis = "redis";

    /// <summary>The subscription on Redis.</summary>
    public const string RedisSubscription = "redis_subscription";

    /// <summary>The connection to RabbitMQ.</summary>
    public const string RabbitMq = "rabbitmq";

    /// <summary>The thread pool and the loops that run on it.</summary>
    public const string Process = "process";

    readonly Counter<long> _attempts,
        _outcomes;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">Creates the meter.</param>
    public RecoveryInstruments(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create("Monarch");
        _attempts = meter.CreateCounter<long>("monarch.recovery.attempts", "{attempt}", "Attempts to recover a component of the process.");
        _outcomes = meter.CreateCounter<long>(
            "monarch.recovery.outcomes",
            "{outcome}",
            "Outcomes of attempts to recover: recovered, or gave up."
        );
    }

    /// <summary>
    /// Creates the component's series at zero: a series that begins with its first count hides that count from <c>increase()</c>.
    /// </summary>
    /// <param name="component">One of the constants.</param>
    public void Watch(string component)
    {
        _attempts.Add(0, Component(component));
        _outcomes.Add(0, Component(component), Outcome("recovered"));
        _outcomes.Add(0, Component(component), Outcome("gave_up"));
    }

    /// <summary>Counts an attempt.</summary>
    /// <param name="component">One of the constants.</param>
    public void Attempted(string component) => _attempts.Add(1, Component(component));

    /// <summary>Counts a recovery.</summary>
    /// <param name="component">One of the constants.</param>
    public void Recovered(string component) => _outcomes.Add(1, Component(component), Outcome("recovered"));

    /// <summary>Counts that the process exits because the component does not recover.</summary>
    /// <param name="component">One of the constants.</param>
    public void GaveUp(string component) => _outcomes.Add(1, Component(component), Outcome("gave_up"));

    static KeyValuePair<string, object?> Component(string name) => new("component", name);

    static KeyValuePair<string, object?> Outcome(string name) => new("outcome", name);
}
