using MassTransit;

namespace Monarch.Redis.Sagas;

/// <summary>The storage of one type of saga in Redis.</summary>
public sealed class RedisSagaOptions<TSaga>
    where TSaga : class, ISagaVersion
{
    /// <summary>The prefix of a saga's key; the id follows in 32 hexadecimal digits. By default <c>saga:{type}:</c>.</summary>
    public string KeyPrefix { get; set; } = $"saga:{typeof(TSaga).Name}:";

    /// <summary>
    /// How long a saga is kept after its last save once it has ended (<see cref="ISleepingSaga.EndedAt"/>); 30 days by default.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The name of this saga's wake-ups, without a colon; required for an <see cref="ISleepingSaga"/>.</summary>
    public string? WakeUps { get; set; }

    internal void Validate()
    {
        var saga = typeof(TSaga).Name;
        if (string.IsNullOrWhiteSpace(KeyPrefix))
        {
            throw new ConfigurationException($"The Redis repository of {saga} has no KeyPrefix.");
        }

        if (Retention <= TimeSpan.Zero)
        {
            throw new ConfigurationException($"The Redis repository of {saga} has a Retention of {Retention}: it must be above zero.");
        }

        SleepingSaga.Validate<TSaga>(WakeUps);
    }
}
