using Monarch.Redis;
using StackExchange.Redis;

namespace Monarch.Hosting.Logs.Store;

/// <summary>
/// Writes what waits in the buffer. A batch that was begun is kept until it is written, however long Redis is away: it holds the lines
/// from before the outage.
/// </summary>
sealed class LogWriter(
    LogStore store,
    LogBuffer buffer,
    LogMemory memory,
    LogRetention retention,
    LogInstruments instruments,
    LogLoss loss,
    TimeProvider time)
{
    /// <summary>Redis does nothing else while it runs the script of a batch.</summary>
    const int BatchLines = 500;
    const int BatchLength = 512 * 1024;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan CleanUpEvery = TimeSpan.FromHours(1);
    static readonly TimeSpan CleanUpWhileShortEvery = TimeSpan.FromSeconds(10);

    IReadOnlyList<LogLine> _batch = [];
    long _number, _writtenSince;
    long? _failedAt, _cleanedAt;

    /// <summary>Why lines cannot be written now; null when they can.</summary>
    public LogLossReason? Obstacle { get; private set; }

    /// <summary>What is known of it besides.</summary>
    public string? Detail { get; private set; }

    /// <summary>Lines that have left the buffer and are not written.</summary>
    public int Pending => _batch.Count;

    /// <summary>Writes until the buffer is empty or there is an obstacle. Does not throw; one call at a time.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_failedAt is { } failedAt && time.GetElapsedTime(failedAt) < Pause)
        {
            return;
        }

        try
        {
            while (HasBatch() && !await IsShortAsync(cancellationToken))
            {
                await WriteBatchAsync(cancellationToken);
                await CleanUpAsync(cancellationToken);
            }

            _failedAt = null;
            if (_batch.Count == 0)
            {
                (Obstacle, Detail) = (null, null);
                loss.LookForEnd();
            }

            await CleanUpAsync(cancellationToken);
        }
        catch (Exception e) when (e is RedisUnavailableException or RedisException or OperationCanceledException)
        {
            // The console has the lines, and the loss is reported when it begins.
            (Obstacle, Detail, _failedAt) = (LogLossReason.Unavailable, e.Message, time.GetTimestamp());
        }
    }

    bool HasBatch()
    {
        if (_batch.Count == 0)
        {
            (_batch, _number) = (buffer.Take(BatchLines, BatchLength), _number + 1);
        }

        return _batch.Count > 0;
    }

    async Task<bool> IsShortAsync(CancellationToken cancellationToken)
    {
        var isShort = await memory.IsShortAsync(cancellationToken);
        (Obstacle, Detail) = (isShort ? LogLossReason.Memory : null, null);
        return isShort;
    }

    async Task WriteBatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.Writer.AppendAsync(_number, _batch, cancellationToken);
            instruments.Written(_batch.Count);
            _writtenSince += _batch.Sum(line => (long)line.Length);
        }
        catch (RedisServerException e)
        {
            // It would be refused for ever, and hold up all others.
            loss.Add(_batch.Count, LogLossReason.Refused, e.Message);
        }

        _batch = [];
    }

    async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        // While memory is short, lines may be over a limit that was lowered, or that others have written past.
        var every = Obstacle == LogLossReason.Memory ? CleanUpWhileShortEvery : CleanUpEvery;
        if (_writtenSince < retention.Step && _cleanedAt is { } cleanedAt && time.GetElapsedTime(cleanedAt) < every)
        {
            return;
        }

        await retention.RunAsync(cancellationToken);
        (_writtenSince, _cleanedAt) = (0, time.GetTimestamp());
    }
}
