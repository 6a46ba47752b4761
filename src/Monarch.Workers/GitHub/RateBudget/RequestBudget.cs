using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>Waits for the budget before each request, and reports its end.</summary>
sealed class RequestBudget(IBudget budget, TimeProvider time, ILogger<RequestBudget> logger, IHostApplicationLifetime? lifetime = null)
{
    /// <summary>Shorter waits are awaited here; longer ones are deferred to the saga.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>The limit of several consecutive waits.</summary>
    static readonly TimeSpan LongestWaits = TimeSpan.FromSeconds(30);

    readonly CancellationToken _stopping = lifetime?.ApplicationStopping ?? CancellationToken.None;
    long _requestCount;

    /// <summary>The number of requests of this process so far.</summary>
    public long RequestCount => Interlocked.Read(ref _requestCount);

    /// <summary>Waits until the request may be sent, if the wait is short.</summary>
    /// <param name="account">The account of the request.</param>
    /// <param name="kind">The kind of the request.</param>
    /// <param name="reservation">Identifies what is created or changed; null only for a read.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="GitHubException">The wait is long: the failure contains the time of the retry and the reason.</exception>
    public async Task<Admission> EnterAsync(string account, BudgetKind kind, string? reservation, CancellationToken cancellationToken) =>
        (await TryEnterAsync(account, kind, reservation, TimeSpan.MaxValue, cancellationToken))!;

    /// <inheritdoc cref="EnterAsync"/>
    /// <param name="account">The account of the request.</param>
    /// <param name="kind">The kind of the request.</param>
    /// <param name="reservation">Identifies what is created or changed; null only for a read.</param>
    /// <param name="maxWait">How long the caller waits.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null when the wait is short but exceeds <paramref name="maxWait"/>; the place in the queue is kept.</returns>
    public async Task<Admission?> TryEnterAsync(
        string account,
        BudgetKind kind,
        string? reservation,
        TimeSpan maxWait,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        Interlocked.Increment(ref _requestCount);
        while (true)
        {
            var askedAt = time.GetTimestamp();
            switch (await budget.AskAsync(new(account, kind, reservation), cancellationToken))
            {
                case BudgetAnswer.Granted granted:
                    return new(granted.Grant, askedAt);
                case BudgetAnswer.Wait wait
                    when wait.Time > LongestWait || time.GetElapsedTime(began) > LongestWaits || _stopping.IsCancellationRequested:
                    throw NotYet(wait);
                case BudgetAnswer.Wait wait when wait.Time > maxWait - time.GetElapsedTime(began):
                    return null;
                case BudgetAnswer.Wait wait:
                    await DelayAsync(wait.Time, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>The current state of an account.</summary>
    public Task<BudgetSnapshot> LookAsync(string account, CancellationToken cancellationToken) =>
        budget.LookAsync(account, cancellationToken);

    /// <summary>Reports the outcome of a request. Never throws.</summary>
    /// <returns>The time until the next grant after a refusal; otherwise zero.</returns>
    public async Task<TimeSpan> LeaveAsync(Admission admission, BudgetOutcome outcome)
    {
        try
        {
            return await budget.EndAsync(admission.Grant, outcome, CancellationToken.None);
        }
        catch (Exception e)
        {
            // GitHub's answer takes precedence, and the grant expires with its lease.
            logger.GrantNotEnded(e);
            return TimeSpan.Zero;
        }
    }

    /// <summary>Ends the admission of a request that is not sent.</summary>
    public Task CancelAsync(Admission admission) => LeaveAsync(admission, new(BudgetEnd.Void));

    // A timer counts whole milliseconds; rounding up prevents it from firing too early.
    async Task DelayAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping);
        var delay = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        await Task.Delay(delay, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    GitHubException NotYet(BudgetAnswer.Wait wait) =>
        new(
            new()
            {
                Kind = FailureKind.Throttled,
                Message = wait.Reason.Words(),
                Status = wait.Status,
                RetryAt = time.GetUtcNow() + wait.Time,
            },
            mayHaveHappened: false
        );
}

/// <summary>A grant, and the time of its request by this process' monotonic clock, which shows whether the lease has expired.</summary>
sealed record Admission(BudgetGrant Grant, long AskedAt);
