namespace Monarch.Bridge.Intake;

/// <summary>The refused requests of a single process, lost when it ends.</summary>
sealed class InMemoryRejectionStore : IRejectionStore
{
    const int Capacity = 1000;

    readonly LinkedList<Rejection> _newestFirst = [];

    public Task AddAsync(Rejection rejection, CancellationToken cancellationToken)
    {
        lock (_newestFirst)
        {
            _newestFirst.AddFirst(rejection);
            if (_newestFirst.Count > Capacity)
            {
                _newestFirst.RemoveLast();
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Rejection>> GetNewestAsync(int count, CancellationToken cancellationToken)
    {
        lock (_newestFirst)
        {
            return Task.FromResult<IReadOnlyList<Rejection>>([.. _newestFirst.Take(count)]);
        }
    }
}
