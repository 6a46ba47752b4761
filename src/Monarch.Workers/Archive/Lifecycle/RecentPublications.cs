namespace Monarch.Workers.Archive.Lifecycle;

/// <summary>
/// The ids that this process has recently published. It only reduces duplicates: another process, or this one after a restart, may publish
/// an event again, which consumers recognise by its id.
/// </summary>
sealed class RecentPublications
{
    const int MaxIds = 10_000;

    readonly Lock _gate = new();
    readonly HashSet<string> _ids = [];
    readonly Queue<string> _order = new();

    /// <summary>Whether an id was published recently.</summary>
    public bool Contains(string id)
    {
        lock (_gate)
        {
            return _ids.Contains(id);
        }
    }

    /// <summary>Adds the id of a confirmed event.</summary>
    public void Add(string id)
    {
        lock (_gate)
        {
            if (!_ids.Add(id))
            {
                return;
            }

            _order.Enqueue(id);
            if (_order.Count > MaxIds)
            {
                _ids.Remove(_order.Dequeue());
            }
        }
    }
}
