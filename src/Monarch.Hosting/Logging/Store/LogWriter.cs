using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Hosting.Logging.Store;

/// <summary>
/// Writes the buffered lines. A batch that was taken from the buffer is kept until it is written, however long Redis is unavailable: it
/// holds the lines from before the outage.
/// </summary>
sealed class LogWriter(
    LogStore store,
    LogBuffer buffer,
    LogMemory memory,
    LogRetention retention,
    LogInstruments instruments,
    LogLoss loss,
    TimeProvider time
)
{
    /// <summary>Bounded, because the script of a batch blocks Redis.</summary>
    const int BatchLines = 500;
    const int BatchLength = 512 * 1024;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan CleanUpEvery = TimeSpan.FromHours(1);
    static readonly TimeSpan CleanUpWhileShortEvery = TimeSpan.FromSeconds(10);

    IReadOnlyList<LogLine> _batch = [];
    long _number,
        _writtenSince;
    long? _failedAt,
        _cleanedAt;

    /// <summary>Why lines cannot be written now; null when they can.</summary>
    public LogLossReason? Obstacle { get; private set; }

    /// <summary>The details of the obstacle; null when there are none.</summary>
    public string? Detail { get; private set; }

    /// <summary>The number of lines in flight: taken from the buffer and not yet written.</summary>
    public int Pending => _batch.Count;

    /// <summary>Writes until the buffer is empty or there is an obstacle. Does not throw. Not thread-safe.</summary>
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
                loss.CheckForEnd();
            }

            await CleanUpAsync(cancellationToken);
        }
        catch (Exception e) when (e is RedisUnavailableException or RedisException or OperationCanceledException)
        {
            // The console has the lines, and LogLoss reports a loss.
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
            // A retry would be refused too, and block all other lines.
            loss.Add(_batch.Count, LogLossReason.Refused, e.Message);
        }

        _batch = [];
    }

    async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        // While memory is short, the stored lines may exceed a lowered limit, or a limit that other processes have passed.
        var every = Obstacle == LogLossReason.Memory ? CleanUpWhileShortEvery : CleanUpEvery;
        if (_writtenSince < retention.Step && _cleanedAt is { } cleanedAt && time.GetElapsedTime(cleanedAt) < every)
        {
            return;
        }

        await retention.RunAsync(cancellationToken);
        (_writtenSince, _cleanedAt) = (0, time.GetTimestamp());
    }
}
