using MassTransit;

namespace Monarch.Redis;

/// <summary>A saga that wants to be woken at a time, which is saved with it in one atomic step.</summary>
/// <remarks>
/// The wake-up message carries the time that came. Handle it when <c>WakeAt is { } at &amp;&amp; message.DueAt &gt;= at</c> and ignore it otherwise:
/// it is delivered at least once, and the saga may have moved on meanwhile. Do not ask the local clock: it may be behind the store's.
/// Each save settles the wake-up: it is replaced by <see cref="WakeAt"/>, or removed when that is null. A saga that is not saved is woken again when
/// the lease ends.
/// </remarks>
public interface ISleepingSaga : ISagaVersion
{
    /// <summary>When to be woken (UTC), never earlier by the store's clock; null is never. Milliseconds count, finer parts round up.</summary>
    DateTimeOffset? WakeAt { get; }

    /// <summary>When it ended (UTC): it is kept for the repository's retention, loaded like any other, and may run again. Null means it runs and never expires.</summary>
    DateTimeOffset? EndedAt { get; }
}
