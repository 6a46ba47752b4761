namespace Monarch.IntegrationTests.Chaos;

/// <summary>Which kills a round has. The same seed makes the same plan.</summary>
static class KillPlan
{
    public const int Workers = 3;
    public const int Bridges = 2;

    /// <summary>
    /// The shortest time between kills of Redis and of a Bridge: a request that Redis loses is then still known to the Bridge that accepted
    /// it, and losing both is the documented limitation.
    /// </summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(1.1);

    // The requests before the first kill are on disk at this time.
    static readonly TimeSpan FirstRedis = TimeSpan.FromSeconds(1.5);
    static readonly TimeSpan BetweenRedis = TimeSpan.FromSeconds(2.5);

    public static IReadOnlyList<Kill> Of(int seed, TimeSpan duration)
    {
        var random = new Random(seed);
        var kills = new List<Kill>();
        // Late, since nothing is processed until RabbitMQ has restarted.
        if (random.Next(2) == 0)
        {
            kills.Add(new(Between(random, duration / 2, duration), Victim.RabbitMq, 0, TimeSpan.Zero, 0));
        }

        for (var count = random.Next(1, 4); count > 0; count--)
        {
            Add(
                () => new(Between(random, FirstRedis, duration), Victim.Redis, 0, Down(random, 1), random.NextDouble()),
                kill => IsApart(kill, Victim.Redis, BetweenRedis)
            );
        }

        for (var count = random.Next(1, 4); count > 0; count--)
        {
            Add(
                () => new(Between(random, TimeSpan.Zero, duration), Victim.Bridge, random.Next(Bridges), Down(random, 2), 0),
                kill => IsApart(kill, Victim.Redis, Apart)
            );
        }

        for (var count = random.Next(5, 10); count > 0; count--)
        {
            kills.Add(new(Between(random, TimeSpan.Zero, duration), Victim.Worker, random.Next(Workers), Down(random, 2), 0));
        }

        return [.. kills.OrderBy(kill => kill.At)];

        // Omitted if the plan is already full.
        void Add(Func<Kill> draw, Func<Kill, bool> fits)
        {
            for (var tries = 0; tries < 20; tries++)
            {
                if (draw() is var kill && fits(kill))
                {
                    kills.Add(kill);
                    return;
                }
            }
        }

        bool IsApart(Kill kill, Victim from, TimeSpan distance) =>
            kills.TrueForAll(other => other.Victim != from || (other.At - kill.At).Duration() >= distance);
    }

    static TimeSpan Between(Random random, TimeSpan from, TimeSpan to) => from + ((to - from) * random.NextDouble());

    // Half of them are restarted immediately.
    static TimeSpan Down(Random random, double longestSeconds) =>
        TimeSpan.FromSeconds(Math.Max(0, (random.NextDouble() * 2) - 1) * longestSeconds);
}
