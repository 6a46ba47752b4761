using System.Collections.Concurrent;

namespace Monarch.Hosting.Processes;

/// <summary>The loops of this process that must not stall, each with the deadline of its next beat.</summary>
sealed class LoopWatch(TimeProvider time)
{
    readonly ConcurrentDictionary<string, (long At, TimeSpan Next)> _beats = new();

    /// <summary>Records that a loop makes progress.</summary>
    /// <param name="loop">Its name.</param>
    /// <param name="next">The time until its next beat.</param>
    public void Beat(string loop, TimeSpan next) => _beats[loop] = (time.GetTimestamp(), next);

    /// <summary>Removes a loop that has ended regularly.</summary>
    public void End(string loop) => _beats.TryRemove(loop, out _);

    /// <summary>Restarts all deadlines after the process was suspended.</summary>
    public void Restart()
    {
        foreach (var (loop, beat) in _beats)
        {
            _beats.TryUpdate(loop, (time.GetTimestamp(), beat.Next), beat);
        }
    }

    /// <summary>The loop that is overdue the longest; null when there is none.</summary>
    public (string Loop, TimeSpan By)? Overdue() =>
        _beats.Select(x => (Loop: x.Key, By: time.GetElapsedTime(x.Value.At) - x.Value.Next)).OrderByDescending(x => x.By).FirstOrDefault()
            is { By.Ticks: > 0 } worst
            ? worst
            : null;
}
