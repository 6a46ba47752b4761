using System.Collections.Concurrent;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>Executes a plan of kills, and restarts the killed processes.</summary>
sealed class Killer(ChaosFleet fleet, IReadOnlyList<Kill> plan, TimeProvider time)
{
    readonly Dictionary<(Victim, int), Task> _restarts = [];
    readonly Dictionary<Victim, long> _lastKills = [];
    readonly ConcurrentQueue<string> _diary = [];

    /// <summary>The log of kills, with their times.</summary>
    public IReadOnlyCollection<string> Diary => _diary;

    public IReadOnlyDictionary<Victim, int> Kills => plan.CountBy(kill => kill.Victim).ToDictionary();

    /// <summary>Completes when all processes are restarted.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        foreach (var kill in plan)
        {
            await WaitAsync(kill.At - time.GetElapsedTime(began), cancellationToken);
            if (_restarts.TryGetValue((kill.Victim, kill.Number), out var back))
            {
                await back;
            }

            await KeepApartAsync(kill.Victim, cancellationToken);
            _lastKills[kill.Victim] = time.GetTimestamp();
            _diary.Enqueue($"{time.GetUtcNow():HH:mm:ss.fff}  {kill}");
            _restarts[(kill.Victim, kill.Number)] = CarryOutAsync(kill, cancellationToken);
        }
        await Task.WhenAll(_restarts.Values);
    }

    /// <summary>How long ago the last kill was.</summary>
    public TimeSpan SinceLastKill() => _lastKills.Count == 0 ? TimeSpan.Zero : time.GetElapsedTime(_lastKills.Values.Max());

    Task CarryOutAsync(Kill kill, CancellationToken cancellationToken) =>
        kill.Victim switch
        {
            Victim.Worker => KillAsync(fleet.Workers[kill.Number], kill.Down, cancellationToken),
            Victim.Bridge => KillAsync(fleet.Bridges[kill.Number], kill.Down, cancellationToken),
            Victim.Redis => KillRedisAsync(kill, cancellationToken),
            _ => RestartRabbitMqAsync(),
        };

    async Task KillAsync(Replica replica, TimeSpan down, CancellationToken cancellationToken)
    {
        await replica.KillAsync();
        await WaitAsync(down, cancellationToken);
        await replica.StartAsync();
    }

    async Task KillRedisAsync(Kill kill, CancellationToken cancellationToken)
    {
        var lost = await fleet.Redis.KillForgettingAsync(kill.Forgets);
        _diary.Enqueue($"{time.GetUtcNow():HH:mm:ss.fff}  Redis has forgotten {lost} bytes");
        await WaitAsync(kill.Down, cancellationToken);
        await fleet.Redis.RestartAsync();
    }

    async Task RestartRabbitMqAsync()
    {
        await fleet.Broker.StopAsync();
        await fleet.Broker.RestartAsync();
    }

    // On a busy machine the kills are delayed; those of Redis and a Bridge are kept apart at run time.
    async Task KeepApartAsync(Victim victim, CancellationToken cancellationToken)
    {
        var other = victim switch
        {
            Victim.Redis => Victim.Bridge,
            Victim.Bridge => Victim.Redis,
            _ => victim,
        };
        if (other != victim && _lastKills.TryGetValue(other, out var last))
        {
            await WaitAsync(KillPlan.Apart - time.GetElapsedTime(last), cancellationToken);
        }
    }

    Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
}
