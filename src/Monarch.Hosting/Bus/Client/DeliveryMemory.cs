namespace Monarch.Hosting.Bus.Client;

/// <summary>
/// Bounds the memory of message bodies that were delivered and are not settled. A prefetch count bounds only their number: RabbitMQ accepts
/// bodies of 128 MiB. While too much is held, nothing is read from the broker.
/// </summary>
/// <remarks>
/// The wait is short, because heartbeats come the same way, and because RabbitMQ closes a connection that takes nothing for 15 seconds. What
/// arrives after a wait in vain is given back: so the connection lives and memory stays bounded, however long a full disk lasts.
/// </remarks>
public sealed class DeliveryMemory(TimeProvider time)
{
    /// <summary>Bytes from which on nothing is read.</summary>
    internal const long Limit = 64 << 20;

    internal static readonly TimeSpan BackoffPolicy = TimeSpan.FromSeconds(5);

    // How long a body that was read may take to be counted; what was not counted then belonged to other messages.
    internal static readonly TimeSpan Transit = TimeSpan.FromMilliseconds(100);

    // Garbage of the size of bodies after which it is collected. The runtime's own threshold is higher than what is bounded here.
    const long MostGarbage = 64 << 20;

    // Arrays of this size are collected only with everything else.
    const long LargeObject = 85_000;

    // More than the frames and properties of a body take.
    const long Framing = 4096;

    readonly Lock _gate = new();
    long _held, _inTransit, _allocated;
    bool _isOverdue;
    TaskCompletionSource? _change;

    /// <summary>Counts a body that was delivered, before it is copied.</summary>
    /// <param name="bytes">Its size.</param>
    /// <returns>Whether it may stay; otherwise it is not counted, and is given back.</returns>
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

    /// <summary>A body is settled.</summary>
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

    /// <summary>Counts what was read from the broker.</summary>
    /// <param name="bytes">How much.</param>
    internal void Read(int bytes) => Interlocked.Add(ref _inTransit, bytes);

    /// <summary>Waits until less is held and in transit, but not for long.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal ValueTask WaitAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _held) + Volatile.Read(ref _inTransit) < Limit ? ValueTask.CompletedTask : new(WaitForRoomAsync(cancellationToken));

    async Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            Task change;
            TimeSpan patience;
            lock (_gate)
            {
                if (_isOverdue || _held + _inTransit < Limit)
                {
                    return;
                }

                _change ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                change = _change.Task;
                patience = (_held >= Limit ? BackoffPolicy : Transit) - time.GetElapsedTime(since);
            }

            try
            {
                await change.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, time, cancellationToken);
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
