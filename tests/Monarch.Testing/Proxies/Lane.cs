namespace Monarch.Testing.Proxies;

/// <summary>One direction through the proxy, shared by all connections: open, slow, closed, or with a quota.</summary>
sealed class Lane
{
    TaskCompletionSource _open = Opened();
    TimeSpan _delay;
    Quota? _quota;
    Trap? _trap;

    /// <summary>The quota of each connection; null means unlimited. Each new quota is counted from its start.</summary>
    public Quota? Quota => Volatile.Read(ref _quota);

    public void Close()
    {
        if (_open.Task.IsCompleted)
        {
            Volatile.Write(ref _open, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    /// <summary>Closes before the chunk that contains these bytes for the nth time; completes then.</summary>
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

    /// <summary>Completes when the next bytes, or the end of the stream, may pass, or when the connection has ended.</summary>
    /// <param name="chunk">The bytes; empty means the end of the stream.</param>
    /// <param name="ended">Ends with the connection.</param>
    public async Task PassAsync(ReadOnlyMemory<byte> chunk, Task ended)
    {
        if (Volatile.Read(ref _trap) is { } trap && trap.Catches(chunk.Span))
        {
            Close();
            trap.Spring();
        }

        if (_delay > TimeSpan.Zero)
        {
            await Task.WhenAny(Task.Delay(_delay, TimeProvider.System, CancellationToken.None), ended);
        }

        await Task.WhenAny(Volatile.Read(ref _open).Task, ended);
    }

    static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
