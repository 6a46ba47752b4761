namespace Monarch.Redis.Sagas;

/// <summary>Stores the wake-ups of sagas, in Redis or in memory.</summary>
public interface IWakeUps
{
    /// <summary>
    /// Claims due wake-ups. No other replica receives them until the lease ends; then they are due again, unless the saga was saved
    /// meanwhile. No acknowledgement is needed: the saga's next save replaces or removes the wake-up. Wake-ups of missing sagas are
    /// removed.
    /// </summary>
    /// <param name="most">The largest number of wake-ups, the longest due first.</param>
    /// <param name="lease">The length of the lease.</param>
    /// <param name="cancellationToken">Cancels the wait; claimed wake-ups are due again when the lease ends.</param>
    Task<ClaimedWakeUps> ClaimAsync(int most, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>
    /// Returns all wake-ups of the sagas registered in this process, due or not, after a restart. They stay scheduled at their own times.
    /// </summary>
    Task<IReadOnlyList<WakeUp>> ForRestartAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Calls back, until the result is disposed, when a wake-up is saved that is due before all others. A call may be lost: poll as well.
    /// </summary>
    Task<IAsyncDisposable> WatchAsync(Action earlier, CancellationToken cancellationToken);
}

/// <summary>The result of a sweep.</summary>
/// <param name="Due">The wake-ups that the caller has leased.</param>
/// <param name="NextIn">
/// The time until the next wake-up is due, leased ones included; zero when more are due now, null when there are none.
/// </param>
public sealed record ClaimedWakeUps(IReadOnlyList<WakeUp> Due, TimeSpan? NextIn);
