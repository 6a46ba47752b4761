using System.Globalization;
using MassTransit;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Workers.Clocks;
using Monarch.Workers.GitHub.Endpoints;

namespace Monarch.Workers.Migrations.Backoff;

/// <summary>Says how long a saga waits after a failure, and when it has waited enough. Times are whole milliseconds, as wake-ups are.</summary>
sealed class BackoffPolicy(SharedClock clock, IOptions<MigrationOptions> options)
{
    static readonly TimeSpan LongestRetryDelay = TimeSpan.FromMinutes(5);
    static readonly TimeSpan LongestStallDelay = TimeSpan.FromMinutes(30);

    /// <summary>No saga sleeps longer; what is further ahead was written by a clock that was ahead.</summary>
    static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    public DateTimeOffset Now => clock.UtcNow;

    /// <summary>The first whole millisecond after a delay, or after a day: then the saga looks and sleeps again.</summary>
    public DateTimeOffset After(TimeSpan delay) =>
        DateTimeOffset.FromUnixTimeMilliseconds((Now + (delay < LongestSleep ? delay : LongestSleep)).ToUnixTimeMilliseconds() + 1);

    /// <summary>That time, or in a day.</summary>
    public DateTimeOffset? Capped(DateTimeOffset? time) => time > Now + LongestSleep ? After(LongestSleep) : time;

    /// <summary>Whether a time that was saved has come by a wake-up's time, or was written by a clock that was ahead.</summary>
    public bool IsDue(DateTimeOffset saved, DateTimeOffset wokenAt) => saved <= wokenAt || saved > Now + LongestSleep + LongestStallDelay;

    /// <summary>Since when there are failures: now, unless they began before.</summary>
    public DateTimeOffset Since(DateTimeOffset? failingSince) => failingSince is { } since && since < Now ? since : Now;

    /// <summary>When a command that got no answer is sent again, for the nth time in a row (from 0).</summary>
    public DateTimeOffset StallCheck(int resent) => After(Doubled(options.Value.StallAfter, resent, LongestStallDelay));

    /// <summary>
    /// A failure that was heard of, with its time on this clock. Whoever named the time did so by its own clock, which stamped the message
    /// as well: what is meant is the duration between the two. It counts from now, since how long the message was under way cannot be told
    /// from two clocks. A late message makes the wait longer, once and by that duration at most. Without a stamp the time is taken as it is.
    /// </summary>
    public Failure InLocalTime(MessageContext message, Failure failure) =>
        failure.RetryAt is { } named && message.SentTime is { } sent
            ? failure with { RetryAt = Now + (named - new DateTimeOffset(DateTime.SpecifyKind(sent, DateTimeKind.Utc))) }
            : failure;

    /// <summary>
    /// When to try again after a failure, the nth in a row (from 0): never before the time that the other side named, unless the failures
    /// have lasted long enough then to give up, and exactly at the one that the budget named.
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
        // A target that GitHub refuses as too quick, again and again, closes the account to the others each time.
        next = failure.Status == 422 && After(delay) > next ? After(delay) : next;
        return Earlier(next, failingSince + options.Value.GiveUpAfter);
    }

    /// <summary>A step went well.</summary>
    public static void RecordSuccess(IRetryState retried) =>
        (retried.Failure, retried.Failures, retried.FailingSince, retried.RefusedSince) = (null, 0, null, null);

    /// <summary>Notes a failure.</summary>
    /// <param name="retried">What failed.</param>
    /// <param name="failure">The failure, with its time on this clock.</param>
    /// <param name="isSource">Whether it is about a source, which is refused sooner than a target: that may have been created just now.</param>
    /// <returns>When to try again; null when that is over: then <see cref="IRetryState.Failure"/> says why.</returns>
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
        // Other failures before it may have gone on for long, so it has a doubling of its own.
        var lasted = Now - retried.RefusedSince!.Value;
        var delay = (lasted > options.Value.RetryDelay ? lasted : options.Value.RetryDelay) * Jitter();
        return Earlier(Earlier(After(delay), next), end);
    }

    TimeSpan Grace(Failure failure, bool isSource) =>
        failure.Status != 404 ? options.Value.SlipGrace : isSource ? options.Value.SourceGrace : options.Value.NewRepositoryGrace;

    static Failure Unproven(Failure failure, DateTimeOffset counts) => failure with
    {
        Message = string.Create(
            CultureInfo.InvariantCulture,
            $"{failure.Message.TrimEnd('.')}; {(failure.Status == 404 ? "a new repository takes a moment to appear, so " : "")}GitHub is asked again until {counts:HH:mm:ss} UTC."),
    };

    // It keeps forty pairs that were refused together from coming back together.
    static double Jitter() => 0.8 + (0.4 * Random.Shared.NextDouble());

    DateTimeOffset Earlier(DateTimeOffset next, DateTimeOffset? latest) => latest - Now is { } left && After(left) < next ? After(left) : next;

    /// <summary>Whether failures that began then have lasted too long.</summary>
    public bool IsExhausted(DateTimeOffset? failingSince) => failingSince is { } since && Now - since >= options.Value.GiveUpAfter;

    /// <summary>What is said when the wait is given up.</summary>
    public Failure GiveUpFailure(Failure? last) => new()
    {
        Kind = last?.Kind ?? FailureKind.Transient,
        Message = $"Given up after {options.Value.GiveUpAfter.TotalHours:0.##} hours of failures. The last one: {last?.Message ?? "no worker answered"}",
        Remedy = "Ask for the same migration again when the cause is fixed: what was copied is not copied twice.",
        Status = last?.Status,
        RequestId = last?.RequestId,
    };

    static TimeSpan Doubled(TimeSpan first, int times, TimeSpan longest)
    {
        var delay = first * Math.Pow(2, Math.Min(times, 20));
        return delay < longest || first > longest ? delay : longest;
    }
}
