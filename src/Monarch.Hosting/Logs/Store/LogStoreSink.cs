using Serilog.Core;
using Serilog.Events;

namespace Monarch.Hosting.Logs.Store;

/// <summary>Takes log events in batches and lets them be written; it never waits for Redis, and never fails.</summary>
sealed class LogStoreSink(LogRenderer renderer, LogBuffer buffer, LogWriter writer, LogLoss loss, TimeProvider time)
    : IBatchedLogEventSink, IAsyncDisposable
{
    /// <summary>Events that may wait to be rendered. Serilog's own queue would drop what is beyond its limit without counting it.</summary>
    const int MostQueued = 20_000;

    /// <summary>How long the end of the process may be delayed.</summary>
    static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(2);

    readonly CancellationTokenSource _stop = new();
    Task _writing = Task.CompletedTask;
    int _queued;
    bool _isDisposed;

    /// <summary>Lines whose writing has begun.</summary>
    public int Pending => writer.Pending;

    /// <summary>Why lines cannot be written now; null when they can.</summary>
    public LogLossReason? Obstacle => writer.Obstacle;

    /// <summary>Counts an event in, or drops it where too many wait. To be asked for each event before it is queued.</summary>
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

        BeginToWrite();
        return Task.CompletedTask;
    }

    public Task OnEmptyBatchAsync()
    {
        BeginToWrite();
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
            // An exception may fail to describe itself.
            loss.Add(1, LogLossReason.Refused, e.Message);
        }
    }

    void BeginToWrite()
    {
        if (_writing.IsCompleted)
        {
            _writing = Task.Run(() => writer.WriteAsync(_stop.Token));
        }
    }
}
