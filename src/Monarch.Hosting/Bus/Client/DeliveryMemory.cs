namespace Monarch.Hosting.Bus.Client;

/// <summary>
/// Bounds the memory of message bodies that were delivered and are not settled. A prefetch count bounds only their number: RabbitMQ accepts
/// bodies of 128 MiB. Above the limit, nothing is read from the broker.
/// </summary>
/// <remarks>
/// The wait is short, because heartbeats arrive on the same connection, and because RabbitMQ closes a connection that reads nothing for
/// 15 seconds. After a wait that times out, the next delivery is returned: the connection stays open and memory stays bounded, however
/// long a full disk lasts.
/// </remarks>
public sealed class DeliveryMemory(TimeProvider time)
{
    /// <summary>The number of bytes above which nothing is read.</summary>
    internal const long Limit = 64 << 20;

    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    // How long until a body that was read is counted; bytes that are not counted by that time belong to other messages.
    internal static readonly TimeSpan Transit = TimeSpan.FromMilliseconds(100);

    // Garbage from bodies, in bytes, after which it is collected. The runtime's own threshold is higher than this limit.
    const long MostGarbage = 64 << 20;

    // Arrays of this size are collected only in full collections.
    const long LargeObject = 85_000;

    // An upper bound of the frames and properties of a body.
    const long Framing = 4096;

    readonly Lock _gate = new();
    long _held,
        _inTransit,
        _allocated;
    bool _isOverdue;
    TaskCompletionSource? _change;

    /// <summary>Counts a body that was delivered, before it is copied.</summary>
    /// <param name="bytes">Its size.</param>
    /// <returns>Whether it is accepted; if not, it is not counted, and must be returned to the queue.</returns>
    public bool TryAdd(long bytes)
    {
        lock (_gate)
        {
            Volatile.Write(ref _inTransit, Math.Max(0, _inTransit - bytes - Framing));
            if (_isOverdue)
            {
                _isOverdue = false;
                Change();
                return false;
            }

            Volatile.Write(ref _held, _held + bytes);
            Change();
            if (bytes < LargeObject || (_allocated += bytes) < MostGarbage)
            {
                return true;
            }

            _allocated = 0;
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        return true;
    }

    /// <summary>Subtracts a body that is settled.</summary>
    /// <param name="bytes">Its size.</param>
    public void Remove(long bytes)
    {
        lock (_gate)
        {
            Volatile.Write(ref _held, _held - bytes);
            if (_held < Limit)
            {
                _isOverdue = false;
                Change();
            }
        }
    }

    /// <summary>Counts bytes that were read from the broker.</summary>
    /// <param name="bytes">Their number.</param>
    internal void Read(int bytes) => Interlocked.Add(ref _inTransit, bytes);

    /// <summary>Waits until less is held and in transit, at most <see cref="LongestWait"/>.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal ValueTask WaitAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _held) + Volatile.Read(ref _inTransit) < Limit
            ? ValueTask.CompletedTask
            : new(WaitForSpaceAsync(cancellationToken));

    async Task WaitForSpaceAsync(CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            Task change;
            TimeSpan left;
            lock (_gate)
            {
                if (_isOverdue || _held + _inTransit < Limit)
                {
                    return;
                }

                _change ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                change = _change.Task;
                left = (_held >= Limit ? LongestWait : Transit) - time.GetElapsedTime(since);
            }

            try
            {
                await change.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                lock (_gate)
                {
                    Volatile.Write(ref _inTransit, 0);
                    _isOverdue = _held >= Limit;
                }

                return;
            }
        }
    }

    void Change()
    {
        _change?.TrySetResult();
        _change = null;
    }
}
