using MassTransit;

namespace Monarch.Redis;

/// <summary>How sagas of one type are kept in Redis.</summary>
public sealed class RedisSagaOptions<TSaga>
    where TSaga : class, ISagaVersion
{
    /// <summary>What a saga's key begins with; the id follows in 32 hexadecimal digits. By default <c>saga:{type}:</c>.</summary>
    public string KeyPrefix { get; set; } = $"saga:{typeof(TSaga).Name}:";

    /// <summary>How long a saga is kept after its last save once it has ended (<see cref="ISleepingSaga.EndedAt"/>); 30 days by default.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The name under which wake-ups of this saga are kept; needed when it is an <see cref="ISleepingSaga"/>. No colon in it.</summary>
    public string? WakeUps { get; set; }

    internal void Validate()
    {
        var saga = typeof(TSaga).Name;
        if (string.IsNullOrWhiteSpace(KeyPrefix))
            throw new ConfigurationException($"The Redis repository of {saga} has no KeyPrefix.");
        if (Retention <= TimeSpan.Zero)
            throw new ConfigurationException($"The Redis repository of {saga} has a Retention of {Retention}: it must be above zero.");
        SleepingSaga.Validate<TSaga>(WakeUps);
    }
}
