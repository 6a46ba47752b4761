namespace Monarch.Redis.Sagas;

/// <summary>
/// Serializes the handling of messages of one saga within this process, which avoids conflicts. Between processes, versions detect
/// conflicts.
/// </summary>
sealed class SagaTurns<TSaga>
{
    readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    public async Task<IDisposable> TakeAsync(Guid sagaId, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)sagaId.GetHashCode() % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
