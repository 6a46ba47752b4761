using Microsoft.Extensions.Hosting;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Workers.Clocks;

/// <summary>
/// Sets the clock of the sagas to that of Redis, before the bus starts and then periodically, because clocks drift and are corrected.
/// </summary>
sealed class SharedClockSetter(SharedClock clock, RedisConnection redis, TimeProvider time) : BackgroundService, IHostedLifecycleService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    bool _isSet;

    public Task StartingAsync(CancellationToken cancellationToken) => SetAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(_isSet ? Interval : Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await SetAsync(stoppingToken);
        }
    }

    async Task SetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var requestedAt = time.GetUtcNow();
            var answer = (long[])(await redis.ExecuteAsync("TIME", cancellationToken))!;
            clock.Set(requestedAt, DateTimeOffset.FromUnixTimeSeconds(answer[0]).AddMicroseconds(answer[1]), time.GetUtcNow());
            _isSet = true;
        }
        catch (Exception e) when (e is RedisUnavailableException or RedisServerException || cancellationToken.IsCancellationRequested)
        {
            // Sagas cannot be loaded without Redis either; the connection has reported the outage.
            _isSet = false;
        }
    }
}
