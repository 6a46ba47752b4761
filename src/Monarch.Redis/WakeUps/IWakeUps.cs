namespace Monarch.Redis;

/// <summary>The wake-ups that sagas saved, in Redis or in memory.</summary>
public interface IWakeUps
{
    /// <summary>
    /// Takes what is due. No other replica gets it until the lease ends; after that it is due again, unless the saga was saved meanwhile.
    /// There is nothing to acknowledge: the saga's own next save replaces or removes the wake-up. A wake-up of a saga that is gone is dropped.
    /// </summary>
    /// <param name="most">How many at most, the longest due first.</param>
    /// <param name="lease">How long they are the caller's.</param>
    /// <param name="cancellationToken">Ends the wait; what was taken comes again when the lease ends.</param>
    Task<ClaimedWakeUps> ClaimAsync(int most, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>All wake-ups of the sagas that this process knows, due or not, for a restart. They stay as they are: each comes at its own time too.</summary>
    Task<IReadOnlyList<WakeUp>> ForRestartAsync(CancellationToken cancellationToken);

    /// <summary>Calls back, until the result is disposed, when a wake-up is saved that is due before all others. A call may get lost: look now and then too.</summary>
    Task<IAsyncDisposable> WatchAsync(Action earlier, CancellationToken cancellationToken);
}
