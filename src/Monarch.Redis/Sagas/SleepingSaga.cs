using MassTransit;

namespace Monarch.Redis.Sagas;

/// <summary>A type of saga whose wake-ups this process handles.</summary>
/// <param name="Name">The name of its wake-ups.</param>
/// <param name="KeyPrefix">The prefix of its keys; empty in memory.</param>
sealed record SleepingSaga(string Name, string KeyPrefix)
{
    public static void Validate<TSaga>(string? name)
    {
        var saga = typeof(TSaga).Name;
        if (typeof(TSaga).IsAssignableTo(typeof(ISleepingSaga)) != name is not null)
        {
            throw new ConfigurationException($"Give {saga} a name for its wake-ups if, and only if, it is an {nameof(ISleepingSaga)}.");
        }

        if (name is not null && (name.Length == 0 || name.Contains(':', StringComparison.Ordinal)))
        {
            throw new ConfigurationException($"'{name}' cannot name the wake-ups of {saga}: it must not be empty nor contain a colon.");
        }
    }
}
