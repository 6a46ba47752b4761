namespace Monarch.IntegrationTests.Chaos;

/// <summary>Which kills a round has. The same seed makes the same plan.</summary>
static class KillPlan
{
    public const int Workers = 3;
    public const int Bridges = 2;

    /// <summary>
    /// No Redis is killed so close to a Bridge, before or after: a request that Redis forgets is then remembered by the Bridge that took it
    /// in, and this window is the documented one.
    /// </summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(1.1);

    // What was asked for before the killing is on disk by then.
    static readonly TimeSpan FirstRedis = TimeSpan.FromSeconds(1.5);
    static readonly TimeSpan BetweenRedis = TimeSpan.FromSeconds(2.5);

    public static IReadOnlyList<Kill> Of(int seed, TimeSpan duration)
    {
        var random = new Random(seed);
        var kills = new List<Kill>();
        // Late, since nothing is worked on until it is back.
        if (random.Next(2) == 0)
            kills.Add(new(Between(random, duration / 2, duration), Victim.RabbitMq, 0, TimeSpan.Zero, 0));
        for (var count = random.Next(1, 4); count > 0; count--)
            Add(() => new(Between(random, FirstRedis, duration), Victim.Redis, 0, Down(random, 1), random.NextDouble()),
                kill => IsApart(kill, Victim.Redis, BetweenRedis));
        for (var count = random.Next(1, 4); count > 0; count--)
            Add(() => new(Between(random, TimeSpan.Zero, duration), Victim.Bridge, random.Next(Bridges), Down(random, 2), 0),
                kill => IsApart(kill, Victim.Redis, Apart));
        for (var count = random.Next(5, 10); count > 0; count--)
            kills.Add(new(Between(random, TimeSpan.Zero, duration), Victim.Worker, random.Next(Workers), Down(random, 2), 0));
        return [.. kills.OrderBy(kill => kill.At)];

        // A plan that is full already does without it.
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

    // Half of them are started again at once.
    static TimeSpan Down(Random random, double longestSeconds) =>
        TimeSpan.FromSeconds(Math.Max(0, (random.NextDouble() * 2) - 1) * longestSeconds);
}
