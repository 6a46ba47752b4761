using System.Globalization;
using MassTransit;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Workers.Clocks;
using Monarch.Workers.Failures;

namespace Monarch.Workers.Migrations.Backoff;

/// <summary>Decides how long a saga waits after a failure, and when it gives up. Times are whole milliseconds, as wake-ups are.</summary>
sealed class BackoffPolicy(SharedClock clock, IOptions<MigrationOptions> options)
{
    static readonly TimeSpan LongestRetryDelay = TimeSpan.FromMinutes(5);
    static readonly TimeSpan LongestStallDelay = TimeSpan.FromMinutes(30);

    /// <summary>The longest sleep of a saga; a time further ahead was written by a clock that was ahead.</summary>
    static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    public DateTimeOffset Now => clock.UtcNow;

    /// <summary>The first whole millisecond after a delay, capped at a day: then the saga wakes up and sleeps again.</summary>
    public DateTimeOffset After(TimeSpan delay) =>
        DateTimeOffset.FromUnixTimeMilliseconds((Now + (delay < LongestSleep ? delay : LongestSleep)).ToUnixTimeMilliseconds() + 1);

    /// <summary>A time, capped at a day from now.</summary>
    public DateTimeOffset? Capped(DateTimeOffset? time) => time > Now + LongestSleep ? After(LongestSleep) : time;

    /// <summary>Whether a saved time is due at the time of a wake-up, or was written by a clock that was ahead.</summary>
    public bool IsDue(DateTimeOffset saved, DateTimeOffset wokenAt) => saved <= wokenAt || saved > Now + LongestSleep + LongestStallDelay;

    /// <summary>The start of a series of failures: now, unless it began earlier.</summary>
    public DateTimeOffset Since(DateTimeOffset? failingSince) => failingSince is { } since && since < Now ? since : Now;

    /// <summary>When an unanswered command is sent again, for the nth time in a row (from 0).</summary>
    public DateTimeOffset StallCheck(int resent) => After(Doubled(options.Value.StallAfter, resent, LongestStallDelay));

    /// <summary>
    /// Converts the retry time of a received failure to this clock. The sender named the time by its own clock, which also stamped the
    /// message, so the duration between the two is meant. It counts from now, because two clocks cannot tell how long the message was in
    /// flight. A late message makes the wait longer, once and by that duration at most. Without a stamp the time is used unchanged.
    /// </summary>
    public Failure InLocalTime(MessageContext message, Failure failure) =>
        failure.RetryAt is { } named && message.SentTime is { } sent
            ? failure with
            {
                RetryAt = Now + (named - new DateTimeOffset(DateTime.SpecifyKind(sent, DateTimeKind.Utc))),
            }
            : failure;

    /// <summary>
    /// When to retry after a failure, the nth in a row (from 0): never before the time that the other side named, unless the failures
    /// will have lasted long enough to give up, and exactly at the time that the budget named.
    /// </summary>
    public DateTimeOffset NextRetry(Failure failure, int failures, DateTimeOffset? failingSince = null)
    {
        if (failure.IsSelfThrottled())
        {
            return After(failure.RetryAt!.Value > Now ? failure.RetryAt.Value - Now : TimeSpan.Zero);
        }

        var delay = Doubled(options.Value.RetryDelay, failures, LongestRetryDelay) * Jitter();
        var named = failure.RetryAt - Now;
        var next = named > TimeSpan.Zero ? After(named.Value + (options.Value.RetryDelay * Random.Shared.NextDouble())) : After(delay);
        // A target that GitHub keeps throttling blocks the account for all other targets each time.
        next = failure.Status == 422 && After(delay) > next ? After(delay) : next;
        return Earlier(next, failingSince + options.Value.GiveUpAfter);
    }

    /// <summary>Records that a step succeeded.</summary>
    public static void RecordSuccess(IRetryState retried) =>
        (retried.Failure, retried.Failures, retried.FailingSince, retried.RefusedSince) = (null, 0, null, null);

    /// <summary>Records a failure.</summary>
    /// <param name="retried">What failed.</param>
    /// <param name="failure">The failure, with its time on this clock.</param>
    /// <param name="isSource">Whether a source failed, which is refused sooner than a target: a target may have been created just
    /// now.</param>
    /// <returns>When to retry; null when there are no more retries: then <see cref="IRetryState.Failure"/> has the reason.</returns>
    public DateTimeOffset? RecordFailure(IRetryState retried, Failure failure, bool isSource = false)
    {
        retried.Failure = failure;
        if (failure.IsSelfThrottled())
        {
            return NextRetry(failure, 0);
        }

        retried.FailingSince = Since(retried.FailingSince);
        retried.RefusedSince = failure.IsUnproven() ? Since(retried.RefusedSince) : null;
        var counts = retried.RefusedSince + Grace(failure, isSource);
        if (Now >= counts)
        {
            return null;
        }

        if (IsExhausted(retried.FailingSince))
        {
            retried.Failure = GiveUpFailure(failure);
            return null;
        }

        var next = NextRetry(failure, retried.Failures++, retried.FailingSince);
        if (counts is not { } end)
        {
            return next;
        }

        retried.Failure = Unproven(failure, end);
        // Earlier failures of other kinds may have lasted long, so this delay doubles on its own.
        var lasted = Now - retried.RefusedSince!.Value;
        var delay = (lasted > options.Value.RetryDelay ? lasted : options.Value.RetryDelay) * Jitter();
        return Earlier(Earlier(After(delay), next), end);
    }

    TimeSpan Grace(Failure failure, bool isSource) =>
        failure.Status != 404 ? options.Value.SlipGrace
        : isSource ? options.Value.SourceGrace
        : options.Value.NewRepositoryGrace;

    static Failure Unproven(Failure failure, DateTimeOffset counts) =>
        failure with
        {
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"{failure.Message.TrimEnd('.')}; {(failure.Status == 404 ? "a new repository takes a moment to appear, so " : "")}GitHub is "
                    + $"asked again until {counts:HH:mm:ss} UTC."
            ),
        };

    // Keeps repository migrations that were refused together from retrying together.
    static double Jitter() => 0.8 + (0.4 * Random.Shared.NextDouble());

    DateTimeOffset Earlier(DateTimeOffset next, DateTimeOffset? latest) =>
        latest - Now is { } left && After(left) < next ? After(left) : next;

    /// <summary>Whether failures have lasted too long.</summary>
    public bool IsExhausted(DateTimeOffset? failingSince) => failingSince is { } since && Now - since >= options.Value.GiveUpAfter;

    /// <summary>The failure that is reported after giving up.</summary>
    public Failure GiveUpFailure(Failure? last) =>
        new()
        {
            Kind = last?.Kind ?? FailureKind.Transient,
            Message =
                $"Given up after {options.Value.GiveUpAfter.TotalHours:0.##} hours of failures. The last one: "
                + $"{last?.Message ?? "no worker answered"}",
            Remedy = "Fix the cause and request the migration again; issues already copied are skipped.",
            Status = last?.Status,
            RequestId = last?.RequestId,
        };

    static TimeSpan Doubled(TimeSpan first, int times, TimeSpan longest)
    {
        var delay = first * Math.Pow(2, Math.Min(times, 20));
        return delay < longest || first > longest ? delay : longest;
    }
}
