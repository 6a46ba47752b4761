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
    /// <summary>Bytes of bodies from which on nothing is read.</summary>
    internal const long Limit = 64 << 20;

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly Lock _gate = new();
    long _held;
    bool _isOverdue;
    TaskCompletionSource? _room;

    /// <summary>Counts a body that was delivered.</summary>
    /// <param name="bytes">Its size.</param>
    /// <returns>Whether it may stay; otherwise it is not counted, and is given back.</returns>
    public bool TryAdd(long bytes)
    {
        lock (_gate)
        {
            if (_isOverdue)
            {
                _isOverdue = false;
                return false;
            }

            _held += bytes;
            return true;
        }
    }

    /// <summary>A body is settled.</summary>
    /// <param name="bytes">Its size.</param>
    public void Remove(long bytes)
    {
        lock (_gate)
        {
            _held -= bytes;
            if (_held < Limit)
            {
                _isOverdue = false;
                _room?.TrySetResult();
                _room = null;
            }
        }
    }

    /// <summary>Waits until less is held, but not for long.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _held) < Limit)
        {
            return ValueTask.CompletedTask;
        }

        lock (_gate)
        {
            if (_held < Limit || _isOverdue)
            {
                return ValueTask.CompletedTask;
            }

            _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return new(WaitAsync(_room.Task, cancellationToken));
        }
    }

    async Task WaitAsync(Task room, CancellationToken cancellationToken)
    {
        try
        {
            await room.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            lock (_gate)
            {
                _isOverdue = _held >= Limit;
            }
        }
    }
}
