using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Redis;
using StackExchange.Redis;

namespace Monarch.Hosting.Processes;

/// <summary>Writes to Redis, where there is one, that this process is alive, and how it is.</summary>
sealed class Heartbeat : BackgroundService
{
    const string Loop = "heartbeat";

    // What is not well yet, or not any more, changes soon.
    static readonly TimeSpan EveryWhenUnready = TimeSpan.FromSeconds(2);

    readonly ThisProcess _own;
    readonly ProcessDirectory _directory;
    readonly ProcessInstruments _instruments;
    readonly LoopWatch _loops;
    readonly TimeSpan _interval;
    readonly TimeProvider _time;
    readonly ILogger<Heartbeat> _logger;
    // 0: not written yet.
    long _writtenAt;

    public Heartbeat(
        ThisProcess own, ProcessDirectory directory, ProcessInstruments instruments, LoopWatch loops, IOptions<ProcessOptions> options,
        TimeProvider time, ILogger<Heartbeat> logger)
    {
        (_own, _directory, _instruments, _loops, _interval, _time, _logger) = (own, directory, instruments, loops, options.Value.Interval, time, logger);
        instruments.ObserveHeartbeat(() => Age);
    }

    TimeSpan? Age => Interlocked.Read(ref _writtenAt) is not 0 and var at ? _time.GetElapsedTime(at) : null;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // What cannot be removed expires.
        await TryAsync(() => _directory.RemoveAsync(_own.Id, cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                // It writes the heartbeat: a Redis that does not answer is no hang.
                _loops.Beat(Loop, 2 * _directory.LongestCall);
                var state = await _own.LookAsync(stoppingToken);
                await TryAsync(() => WriteAsync(state, stoppingToken));
                var pause = state.IsReady || _interval < EveryWhenUnready ? _interval : EveryWhenUnready;
                _loops.Beat(Loop, pause);
                await Task.Delay(pause, _time, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // A host that could not start disposes of its services without stopping them, and would call this a failure.
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

    // A process does not die of a missed heartbeat, and the connection logs outages.
    static async Task TryAsync(Func<Task> beat)
    {
        try { await beat(); }
        catch (Exception e) when (e is RedisUnavailableException or RedisException) { }
    }
}
