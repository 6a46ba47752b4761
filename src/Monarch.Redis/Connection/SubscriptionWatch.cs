using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Redis.Connection;

/// <summary>
/// Checks at intervals that this process receives publications: publishes on its own channel and waits for the message. A subscription can
/// be lost without an error, while everything else works; then the whole connection is replaced. Unhealthy while it is lost.
/// </summary>
sealed class SubscriptionWatch(
    RedisConnection redis,
    SubscriptionWatchOptions options,
    RedisInstruments instruments,
    TimeProvider time,
    ILogger<SubscriptionWatch> logger
) : BackgroundService, IHealthCheck
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly string _channel = $"monarch:echo:{Guid.NewGuid():N}";

    // Lost until the first echo.
    volatile Loss? _loss = new("The Redis subscription has not received a message yet.", time.GetUtcNow());
    TaskCompletionSource _echo = new();
    bool _wasReceived;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            _loss is { } loss
                ? HealthCheckResult.Unhealthy(loss.Reason, data: new Dictionary<string, object> { ["since"] = loss.Since })
                : HealthCheckResult.Healthy("The Redis subscription receives messages.")
        );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IAsyncDisposable? subscription = null;
        instruments.ObserveSubscription(() => _loss is null);
        try
        {
            var misses = 0;
            while (true)
            {
                try
                {
                    subscription ??= await redis.SubscribeAsync(_channel, _ => Volatile.Read(ref _echo).TrySetResult(), stoppingToken);
                    if (await IsEchoedAsync(stoppingToken))
                    {
                        misses = 0;
                        Recover();
                        await Task.Delay(options.Every, time, stoppingToken);
                        continue;
                    }
                    // The first message may be lost while the library reconnects.
                    if (++misses > 1)
                    {
                        instruments.Recovery.Attempted(RecoveryInstruments.RedisSubscription);
                        redis.Renew("the subscription receives no messages");
                    }
                    Lose("A published message did not arrive.");
                }
                catch (Exception e) when (e is RedisUnavailableException or RedisException)
                {
                    Lose(e is RedisException ? $"{e.Message}." : "Redis is unavailable.");
                }
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested) { }
        finally
        {
            if (subscription is not null)
            {
                await subscription.DisposeAsync();
            }
        }
    }

    async Task<bool> IsEchoedAsync(CancellationToken stopping)
    {
        var echo = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _echo, echo);
        await redis.PublishAsync(_channel, "", stopping);
        try
        {
            await echo.Task.WaitAsync(options.EchoTimeout, time, stopping);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    void Recover()
    {
        if (_loss is { } ended)
        {
            if (_wasReceived)
            {
                instruments.Recovery.Recovered(RecoveryInstruments.RedisSubscription);
            }

            logger.SubscriptionRecovered(ended.Since);
        }
        (_loss, _wasReceived) = (null, true);
    }

    void Lose(string reason)
    {
        if (_loss is null)
        {
            logger.SubscriptionLost(reason);
        }

        _loss = new(reason, _loss?.Since ?? time.GetUtcNow());
    }

    /// <param name="Reason">The reason, as a sentence.</param>
    /// <param name="Since">When it was lost (UTC).</param>
    sealed record Loss(string Reason, DateTimeOffset Since);
}
