using MassTransit;

namespace Monarch.Redis.Sagas;

/// <summary>A saga that is woken at a time, which is saved atomically with it.</summary>
/// <remarks>
/// The wake-up message carries the due time. Handle it when <c>WakeAt is { } at &amp;&amp; message.DueAt &gt;= at</c> and ignore it
/// otherwise: it is delivered at least once, and the saga may have changed meanwhile. Do not use the local clock: it may be behind the
/// store's. Each save settles the wake-up: it is replaced by <see cref="WakeAt"/>, or removed if that is null. A saga that is not saved is
/// woken again when the lease ends.
/// </remarks>
public interface ISleepingSaga : ISagaVersion
{
    /// <summary>When to wake the saga (UTC), never earlier by the store's clock; null means never. Rounded up to a millisecond.</summary>
    DateTimeOffset? WakeAt { get; }

    /// <summary>
    /// When it ended (UTC): it is kept for the repository's retention, can be loaded, and may start again. Null means that it is running
    /// and never expires.
    /// </summary>
    DateTimeOffset? EndedAt { get; }
}
