using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>
/// Proves again and again that this process hears what is published: it publishes to a channel of its own and waits for the echo.
/// A subscription can be dead while everything else works, and nobody tells. Then the whole connection is made anew.
/// </summary>
sealed class SubscriptionWatch(RedisConnection redis, SubscriptionWatchOptions options, TimeProvider time, ILogger<SubscriptionWatch> logger)
    : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly string _channel = $"monarch:echo:{Guid.NewGuid():N}";
    // Deaf until the first echo.
    volatile Deafness? _deafness = new("It has not heard anything yet.", time.GetUtcNow());
    TaskCompletionSource _echo = new();

    /// <summary>Since when nothing is heard, and why; null when all is well.</summary>
    public Deafness? Deafness => _deafness;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IAsyncDisposable? subscription = null;
        try
        {
            var (misses, mustRenew) = (0, false);
            while (true)
            {
                try
                {
                    subscription ??= await redis.SubscribeAsync(_channel, _ => Volatile.Read(ref _echo).TrySetResult(), stoppingToken);
                    if (mustRenew)
                    {
                        redis.Renew("what is published is not heard");
                        await redis.ConnectAsync(stoppingToken);
                    }
                    mustRenew = false;
                    if (await IsHeardAsync(stoppingToken))
                    {
                        misses = 0;
                        Hear();
                        await Task.Delay(options.Every, time, stoppingToken);
                        continue;
                    }
                    // One may be lost while the connection comes back by itself.
                    mustRenew = ++misses > 1;
                    Miss("What is published is not heard.");
                }
                catch (Exception e) when (e is RedisUnavailableException or RedisException)
                {
                    Miss(e is RedisException ? $"{e.Message}." : "Redis is away.");
                }
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
        finally
        {
            if (subscription is not null)
                await subscription.DisposeAsync();
        }
    }

    async Task<bool> IsHeardAsync(CancellationToken stopping)
    {
        var echo = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _echo, echo);
        await redis.PublishAsync(_channel, "", stopping);
        try
        {
            await echo.Task.WaitAsync(options.Patience, time, stopping);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    void Hear()
    {
        if (_deafness is { } ended)
            logger.SubscriptionBack(ended.Since);
        _deafness = null;
    }

    void Miss(string reason)
    {
        if (_deafness is null)
            logger.SubscriptionLost(reason);
        _deafness = new(reason, _deafness?.Since ?? time.GetUtcNow());
    }
}
