namespace Monarch.Testing.Proxies;

/// <summary>Bytes that a <see cref="Lane"/> waits for, until a chunk contains them for the nth time.</summary>
sealed class Trap(byte[] bytes, int time)
{
    readonly TaskCompletionSource _sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _seen;

    public Task Sprung => _sprung.Task;

    public bool Catches(ReadOnlySpan<byte> chunk) => chunk.IndexOf(bytes) >= 0 && Interlocked.Increment(ref _seen) == time;

    public void Spring() => _sprung.SetResult();
}
