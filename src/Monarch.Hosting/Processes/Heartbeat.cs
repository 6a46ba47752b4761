using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Hosting.Processes;

/// <summary>Writes the state of this process to Redis, if it is configured.</summary>
sealed class Heartbeat : BackgroundService
{
    const string Loop = "heartbeat";

    // The state of an unready process changes soon.
    static readonly TimeSpan EveryWhenUnready = TimeSpan.FromSeconds(2);

    readonly ThisProcess _own;
    readonly ProcessDirectory _directory;
    readonly ProcessInstruments _instruments;
    readonly LoopWatch _loops;
    readonly TimeSpan _interval;
    readonly TimeProvider _time;
    readonly ILogger<Heartbeat> _logger;

    // 0: not yet written.
    long _writtenAt;

    public Heartbeat(
        ThisProcess own,
        ProcessDirectory directory,
        ProcessInstruments instruments,
        LoopWatch loops,
        IOptions<ProcessOptions> options,
        TimeProvider time,
        ILogger<Heartbeat> logger
    )
    {
        (_own, _directory, _instruments, _loops, _interval, _time, _logger) = (
            own,
            directory,
            instruments,
            loops,
            options.Value.Interval,
            time,
            logger
        );
        instruments.ObserveHeartbeat(() => Age);
    }

    TimeSpan? Age => Interlocked.Read(ref _writtenAt) is not 0 and var at ? _time.GetElapsedTime(at) : null;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // A heartbeat that cannot be removed expires.
        await TryAsync(() => _directory.RemoveAsync(_own.Id, cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                // A heartbeat in progress: a slow Redis is no hang.
                _loops.Beat(Loop, 2 * _directory.LongestCall);
                var state = await _own.ReadStateAsync(stoppingToken);
                await TryAsync(() => WriteAsync(state, stoppingToken));
                var pause = state.IsReady || _interval < EveryWhenUnready ? _interval : EveryWhenUnready;
                _loops.Beat(Loop, pause);
                await Task.Delay(pause, _time, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // A host that could not start disposes of its services without stopping them, and would report a failure.
        }
        finally
        {
            _loops.End(Loop);
        }
    }

    async Task WriteAsync(ProcessState state, CancellationToken cancellationToken)
    {
        await _directory.WriteAsync(state, cancellationToken);
        var age = Age;
        Interlocked.Exchange(ref _writtenAt, _time.GetTimestamp());
        if (age > ProcessOptions.MissedAfter(_interval))
        {
            _instruments.Resumed();
            Log.HeartbeatResumed(_logger, age.Value.TotalSeconds);
        }
    }

    // A missed heartbeat must not end the process; the connection logs outages.
    static async Task TryAsync(Func<Task> beat)
    {
        try
        {
            await beat();
        }
        catch (Exception e) when (e is RedisUnavailableException or RedisException) { }
    }
}
