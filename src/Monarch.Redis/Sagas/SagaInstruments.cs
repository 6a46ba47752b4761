using System.Diagnostics.Metrics;

namespace Monarch.Redis.Sagas;

/// <summary>Counts the concurrency conflicts of sagas.</summary>
sealed class SagaInstruments(IMeterFactory meters)
{
    readonly Counter<long> _conflicts = meters
        .Create("Monarch")
        .CreateCounter<long>(
            "monarch.saga.conflicts",
            "{conflict}",
            "Saves of a saga that another message had changed meanwhile; the message is handled again."
        );

    public void Conflict<TSaga>() => _conflicts.Add(1, new KeyValuePair<string, object?>("saga", typeof(TSaga).Name));
}
