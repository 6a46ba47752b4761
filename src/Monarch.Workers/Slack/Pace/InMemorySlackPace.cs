namespace Monarch.Workers.Slack.Pace;

/// <summary>The pace of this process alone.</summary>
sealed class InMemorySlackPace(TimeProvider time) : ISlackPace
{
    readonly Lock _gate = new();
    readonly long _origin = time.GetTimestamp();

    // By limit, when the next call is due at an even pace.
    readonly Dictionary<string, TimeSpan> _next = [];

    public Task<SlackTurn> TakeAsync(IReadOnlyList<SlackLimit> limits, TimeSpan longest, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = RemovePassed();
            var at = limits.Select(limit => Next(limit) - limit.Tolerance).Append(now).Max();
            if (at - now > longest)
            {
                return Task.FromResult(new SlackTurn(IsReserved: false, at - now));
            }

            foreach (var limit in limits)
            {
                _next[limit.Name] = Max(Next(limit), at) + limit.Interval;
            }

            return Task.FromResult(new SlackTurn(IsReserved: true, at - now));
        }
    }

    public Task CloseAsync(IReadOnlyList<SlackLimit> limits, TimeSpan wait, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = RemovePassed();
            foreach (var limit in limits)
            {
                _next[limit.Name] = Max(Next(limit), now + wait + limit.Tolerance);
            }
        }

        return Task.CompletedTask;
    }

    // Times that have passed have no effect.
    TimeSpan RemovePassed()
    {
        var now = time.GetElapsedTime(_origin);
        foreach (var (name, _) in _next.Where(next => next.Value <= now).ToList())
        {
            _next.Remove(name);
        }

        return now;
    }

    TimeSpan Next(SlackLimit limit) => _next.GetValueOrDefault(limit.Name);

    static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
