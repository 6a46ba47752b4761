using System.Collections.Concurrent;

namespace Monarch.Hosting.Processes;

/// <summary>The loops of this process that must never stand still, each with the time by which it has to show itself again.</summary>
sealed class LoopWatch(TimeProvider time)
{
    readonly ConcurrentDictionary<string, (long At, TimeSpan Next)> _beats = new();

    /// <summary>A loop goes on.</summary>
    /// <param name="loop">Its name.</param>
    /// <param name="next">How long until it shows itself again.</param>
    public void Beat(string loop, TimeSpan next) => _beats[loop] = (time.GetTimestamp(), next);

    /// <summary>A loop has ended, as it should.</summary>
    public void End(string loop) => _beats.TryRemove(loop, out _);

    /// <summary>The process was suspended: every loop gets its time once more.</summary>
    public void Restart()
    {
        foreach (var (loop, beat) in _beats)
        {
            _beats.TryUpdate(loop, (time.GetTimestamp(), beat.Next), beat);
        }
    }

    /// <summary>The loop that is the longest overdue; null when none is.</summary>
    public (string Loop, TimeSpan By)? Overdue() =>
        _beats.Select(x => (Loop: x.Key, By: time.GetElapsedTime(x.Value.At) - x.Value.Next)).OrderByDescending(x => x.By).FirstOrDefault() is { By.Ticks: > 0 } worst
            ? worst
            : null;
}
