namespace Monarch.Sandbox.Limits;

/// <summary>An exact sliding window: what was added at a time counts until one window later. Not thread-safe.</summary>
sealed class SlidingWindow
{
    readonly Queue<(DateTimeOffset At, int Weight)> _entries = new();
    int _sum;

    public void Add(DateTimeOffset now, int weight)
    {
        _entries.Enqueue((now, weight));
        _sum += weight;
    }

    public void Clear()
    {
        _entries.Clear();
        _sum = 0;
    }

    /// <summary>How long until there is room for this weight; zero: there is.</summary>
    public TimeSpan WaitFor(DateTimeOffset now, TimeSpan length, int cap, int weight)
    {
        while (_entries.TryPeek(out var oldest) && oldest.At + length <= now)
            _sum -= _entries.Dequeue().Weight;
        var excess = _sum + weight - cap;
        if (excess <= 0)
            return TimeSpan.Zero;
        foreach (var entry in _entries)
        {
            excess -= entry.Weight;
            if (excess <= 0)
                return entry.At + length - now;
        }

        return length;
    }
}
