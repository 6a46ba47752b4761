using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>
/// Proves again and again that this process receives publications: it publishes on a channel of its own and waits for the echo. A
/// subscription can be lost while everything else works, without an error; then the whole connection is replaced. Unhealthy meanwhile.
/// </summary>
sealed class SubscriptionWatch(
    RedisConnection redis, SubscriptionWatchOptions options, RedisInstruments instruments, TimeProvider time, ILogger<SubscriptionWatch> logger)
    : BackgroundService, IHealthCheck
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly string _channel = $"monarch:echo:{Guid.NewGuid():N}";
    // Lost until the first echo.
    volatile Loss? _loss = new("No publication has been received yet.", time.GetUtcNow());
    TaskCompletionSource _echo = new();
    bool _wasReceived;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_loss is { } loss
            ? HealthCheckResult.Unhealthy(loss.Reason, data: new Dictionary<string, object> { ["since"] = loss.Since })
            : HealthCheckResult.Healthy("Publications on Redis are received."));

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
                    // The first may be lost while the library reconnects.
                    if (++misses > 1)
                    {
                        instruments.Recovery.Tried(RecoveryInstruments.RedisSubscription);
                        redis.Renew("publications are not received");
                    }
                    Lose("Publications on Redis are not received.");
                }
                catch (Exception e) when (e is RedisUnavailableException or RedisException)
                {
                    Lose(e is RedisException ? $"{e.Message}." : "Redis is away.");
                }
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested) { }
        finally
        {
            if (subscription is not null)
                await subscription.DisposeAsync();
        }
    }

    async Task<bool> IsEchoedAsync(CancellationToken stopping)
    {
        var echo = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _echo, echo);
        await redis.PublishAsync(_channel, "", stopping);
        try
        {
            await echo.Task.WaitAsync(options.BackoffPolicy, time, stopping);
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
                instruments.Recovery.Recovered(RecoveryInstruments.RedisSubscription);
            logger.SubscriptionBack(ended.Since);
        }
        (_loss, _wasReceived) = (null, true);
    }

    void Lose(string reason)
    {
        if (_loss is null)
            logger.SubscriptionLost(reason);
        _loss = new(reason, _loss?.Since ?? time.GetUtcNow());
    }

    /// <param name="Reason">Why, in a sentence.</param>
    /// <param name="Since">Since when (UTC).</param>
    sealed record Loss(string Reason, DateTimeOffset Since);
}
