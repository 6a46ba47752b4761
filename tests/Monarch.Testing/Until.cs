using System.Diagnostics;

namespace Monarch.Testing;

/// <summary>Waits for a condition instead of sleeping.</summary>
public static class Until
{
    /// <summary>The default time-out: generous, since it costs nothing when the test passes.</summary>
    public static readonly TimeSpan Generous = TimeSpan.FromMinutes(5);

    static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20),
        LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns as soon as the condition holds.</summary>
    /// <param name="condition">Evaluated every 20 ms, less often when it is expensive.</param>
    /// <param name="what">The expected state, for the message of a failure: "the queue is empty".</param>
    /// <param name="within">The longest wait; null is <see cref="Generous"/>.</param>
    /// <param name="state">Describes the actual state, for the message of a failure.</param>
    /// <exception cref="TimeoutException">It did not hold in time.</exception>
    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? within = null, Func<string>? state = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, within, state);

    /// <inheritdoc cref="TrueAsync(Func{bool},string,TimeSpan?,Func{string}?)"/>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null, Func<string>? state = null)
    {
        var timeout = within ?? Generous;
        var watch = Stopwatch.StartNew();
        for (var began = TimeSpan.Zero; !await AskedAsync(); began = watch.Elapsed)
        {
            if (watch.Elapsed > timeout)
            {
                throw TimedOut();
            }

            await Task.Delay(PauseAfter(watch.Elapsed - began), TimeProvider.System, CancellationToken.None);
        }

        // A condition that does not complete counts as false.
        async Task<bool> AskedAsync()
        {
            var asked = condition();
            try
            {
                return await asked.WaitAsync(timeout + Generous, TimeProvider.System);
            }
            catch (TimeoutException) when (!asked.IsCompleted)
            {
                throw TimedOut();
            }
        }

        // Expensive conditions would take their processor time from the work that they wait for.
        static TimeSpan PauseAfter(TimeSpan evaluation) =>
            TimeSpan.FromTicks(Math.Clamp(evaluation.Ticks * 4, ShortestPause.Ticks, LongestPause.Ticks));

        TimeoutException TimedOut() => new($"Waited {watch.Elapsed.TotalSeconds:0.#} s until {what}, without success. {state?.Invoke()}");
    }

    /// <summary>Returns the first value that is not null.</summary>
    /// <inheritdoc cref="TrueAsync(Func{bool},string,TimeSpan?,Func{string}?)"/>
    public static async Task<T> ValueAsync<T>(Func<Task<T?>> value, string what, TimeSpan? within = null, Func<string>? state = null)
        where T : class
    {
        T? found = null;
        await TrueAsync(async () => (found = await value()) is not null, what, within, state);
        return found!;
    }
}
