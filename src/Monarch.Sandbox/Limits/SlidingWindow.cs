namespace Monarch.Sandbox.Limits;

/// <summary>An exact sliding window: each entry counts for the length of one window. Not thread-safe.</summary>
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

    /// <summary>The wait until this weight fits; zero: it fits.</summary>
    public TimeSpan WaitFor(DateTimeOffset now, TimeSpan length, int cap, int weight)
    {
        while (_entries.TryPeek(out var oldest) && oldest.At + length <= now)
        {
            _sum -= _entries.Dequeue().Weight;
        }

        var excess = _sum + weight - cap;
        if (excess <= 0)
        {
            return TimeSpan.Zero;
        }

        foreach (var entry in _entries)
        {
            excess -= entry.Weight;
            if (excess <= 0)
            {
                return entry.At + length - now;
            }
        }

        return length;
    }
}
