namespace Monarch.Testing;

/// <summary>One way through the proxy, the same for all its connections: open, slow, closed, or with so many bytes left.</summary>
sealed class Lane
{
    TaskCompletionSource _open = Opened();
    TimeSpan _delay;
    Quota? _quota;
    Trap? _trap;

    /// <summary>What each connection may still carry; null is as much as it likes. Each new quota is counted from its beginning.</summary>
    public Quota? Quota => Volatile.Read(ref _quota);

    public void Close()
    {
        if (_open.Task.IsCompleted)
            Volatile.Write(ref _open, new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>Closes before the chunk that holds these bytes for the nth time; ends then.</summary>
    public Task CloseAtAsync(byte[] bytes, int time)
    {
        var trap = new Trap(bytes, time);
        Volatile.Write(ref _trap, trap);
        return trap.Sprung;
    }

    public void Slow(TimeSpan delay) => _delay = delay;

    public void Limit(int bytes) => Volatile.Write(ref _quota, new(bytes));

    public void Heal()
    {
        _delay = TimeSpan.Zero;
        Volatile.Write(ref _quota, null);
        Volatile.Write(ref _trap, null);
        Volatile.Read(ref _open).TrySetResult();
    }

    /// <summary>Ends when the next bytes, or the end of the stream, may go on; or when there is nothing left that they could go on in.</summary>
    /// <param name="chunk">The bytes; nothing is the end of the stream.</param>
    /// <param name="ended">Ends with the connection.</param>
    public async Task PassAsync(ReadOnlyMemory<byte> chunk, Task ended)
    {
        if (Volatile.Read(ref _trap) is { } trap && trap.Catches(chunk.Span))
        {
            Close();
            trap.Spring();
        }

        if (_delay > TimeSpan.Zero)
            await Task.WhenAny(Task.Delay(_delay, TimeProvider.System, CancellationToken.None), ended);
        await Task.WhenAny(Volatile.Read(ref _open).Task, ended);
    }

    static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
