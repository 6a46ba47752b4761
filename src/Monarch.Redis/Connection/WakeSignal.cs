namespace Monarch.Redis.Connection;

/// <summary>Ends a wait early. A signal outside of a wait ends the next wait immediately.</summary>
sealed class WakeSignal(TimeProvider time)
{
    TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set() => Volatile.Read(ref _set).TrySetResult();

    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(atMost, time, over.Token), Volatile.Read(ref _set).Task);
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (_set.Task.IsCompleted)
        {
            Volatile.Write(ref _set, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }
}
