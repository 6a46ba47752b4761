using System.Net;

namespace Monarch.Hosting.Http;

/// <summary>
/// Slows down failed sign-ins: after the fifth in a row from one address each further attempt has to wait, twice as long each time, up to
/// five minutes.
/// </summary>
sealed class SignInPace(TimeProvider time)
{
    const int Free = 5;
    const int MaxAddresses = 10_000;

    static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);

    readonly Lock _lock = new();
    readonly Dictionary<IPAddress, Failures> _failures = [];

    /// <summary>Takes an attempt, which counts as failed until <see cref="Succeeded"/>.</summary>
    /// <returns>How long the caller has to wait instead; null when it may try.</returns>
    public TimeSpan? Begin(IPAddress address)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var failures = _failures.GetValueOrDefault(address);
            if (failures.OpenAt > now)
            {
                return failures.OpenAt - now;
            }

            var count = now - failures.OpenAt > Forgotten ? 1 : failures.Count + 1;
            if (_failures.Count >= MaxAddresses && !_failures.ContainsKey(address))
            {
                _failures.Remove(_failures.MinBy(entry => entry.Value.OpenAt).Key);
            }

            _failures[address] = new(count, now + WaitAfter(count));
            return null;
        }
    }

    public void Succeeded(IPAddress address)
    {
        lock (_lock)
        {
            _failures.Remove(address);
        }
    }

    static TimeSpan WaitAfter(int failures)
    {
        if (failures < Free)
        {
            return TimeSpan.Zero;
        }

        var wait = First * Math.Pow(2, Math.Min(failures - Free, 20));
        return wait < Longest ? wait : Longest;
    }

    readonly record struct Failures(int Count, DateTimeOffset OpenAt);
}
