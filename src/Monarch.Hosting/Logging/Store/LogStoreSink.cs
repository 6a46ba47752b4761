using Serilog.Core;
using Serilog.Events;

namespace Monarch.Hosting.Logging.Store;

/// <summary>Receives log events in batches and starts writing them; it never waits for Redis, and never fails.</summary>
sealed class LogStoreSink(LogRenderer renderer, LogBuffer buffer, LogWriter writer, LogLoss loss, TimeProvider time)
    : IBatchedLogEventSink,
        IAsyncDisposable
{
    /// <summary>
    /// The number of events that may wait to be rendered. Serilog's own queue would drop events above its limit without counting them.
    /// </summary>
    const int MostQueued = 20_000;

    /// <summary>How long the last write may delay the end of the process.</summary>
    static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(2);

    readonly CancellationTokenSource _stop = new();
    Task _writing = Task.CompletedTask;
    int _queued;
    bool _isDisposed;

    /// <summary>The number of lines in flight.</summary>
    public int Pending => writer.Pending;

    /// <summary>Why lines cannot be written now; null when they can.</summary>
    public LogLossReason? Obstacle => writer.Obstacle;

    /// <summary>Counts an event, or drops it if too many wait. Call it for each event before it is queued.</summary>
    public bool HasRoom()
    {
        if (Interlocked.Increment(ref _queued) <= MostQueued)
        {
            return true;
        }

        Interlocked.Decrement(ref _queued);
        loss.Add(1, LogLossReason.Overflow);
        return false;
    }

    public Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        Interlocked.Add(ref _queued, -batch.Count);
        foreach (var logEvent in batch)
        {
            Add(logEvent);
        }

        StartWriting();
        return Task.CompletedTask;
    }

    public Task OnEmptyBatchAsync()
    {
        StartWriting();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        // Serilog may dispose of it twice.
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _stop.CancelAfter(LastWrite);
        var ended = Task.Delay(LastWrite, time, CancellationToken.None);
        await Task.WhenAny(_writing, ended);
        if (_writing.IsCompleted)
        {
            await Task.WhenAny(writer.WriteAsync(_stop.Token), ended);
        }

        loss.Add(buffer.Clear() + Pending, LogLossReason.Stopped);
        _stop.Dispose();
    }

    void Add(LogEvent logEvent)
    {
        try
        {
            loss.Add(buffer.Add(renderer.Render(logEvent)), Obstacle ?? LogLossReason.Overflow, writer.Detail);
        }
        catch (Exception e)
        {
            // The ToString of an exception may throw.
            loss.Add(1, LogLossReason.Refused, e.Message);
        }
    }

    void StartWriting()
    {
        if (_writing.IsCompleted)
        {
            _writing = Task.Run(() => writer.WriteAsync(_stop.Token));
        }
    }
}
