namespace Monarch.Redis;

/// <summary>
/// Lets the messages of one saga be handled one after the other within this process, so that they do not overtake each other and
/// save in vain. Between processes, versions decide.
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
