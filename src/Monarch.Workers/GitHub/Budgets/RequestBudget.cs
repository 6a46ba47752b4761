using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Workers.GitHub.Client;

namespace Monarch.Workers.GitHub.Budgets;

/// <summary>The budget, to be asked before each request and promised of its end.</summary>
sealed class RequestBudget(
    IBudget budget, TimeProvider time, ILogger<RequestBudget> logger, IHostApplicationLifetime? lifetime = null)
{
    /// <summary>A wait that is shorter is sat out in place; a longer one is the saga's.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Of several waits, one after the other.</summary>
    static readonly TimeSpan LongestWaits = TimeSpan.FromSeconds(30);

    readonly CancellationToken _stopping = lifetime?.ApplicationStopping ?? CancellationToken.None;
    long _asked;

    /// <summary>How many requests this process has wanted to make so far.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>Waits until the request may be made, if that is soon.</summary>
    /// <param name="account">As which account it is to be made.</param>
    /// <param name="kind">What it costs.</param>
    /// <param name="reservation">Names what is to be created; null for a read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="GitHubException">It is not soon: the failure says when to ask again, and why.</exception>
    public async Task<Admission> EnterAsync(string account, BudgetKind kind, string? reservation, CancellationToken cancellationToken) =>
        (await TryEnterAsync(account, kind, reservation, TimeSpan.MaxValue, cancellationToken))!;

    /// <inheritdoc cref="EnterAsync"/>
    /// <param name="account">As which account it is to be made.</param>
    /// <param name="kind">What it costs.</param>
    /// <param name="reservation">Names what is to be created; null for a read.</param>
    /// <param name="patience">How long the caller waits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when it is soon, but the caller would not wait for it; its place in the queue is kept.</returns>
    public async Task<Admission?> TryEnterAsync(
        string account, BudgetKind kind, string? reservation, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        Interlocked.Increment(ref _asked);
        while (true)
        {
            var askedAt = time.GetTimestamp();
            switch (await budget.AskAsync(new(account, kind, reservation), cancellationToken))
            {
                case BudgetAnswer.Granted granted:
                    return new(granted.Grant, askedAt);
                case BudgetAnswer.Wait wait when wait.Time > LongestWait || time.GetElapsedTime(began) > LongestWaits || _stopping.IsCancellationRequested:
                    throw NotYet(wait);
                case BudgetAnswer.Wait wait when wait.Time > patience - time.GetElapsedTime(began):
                    return null;
                case BudgetAnswer.Wait wait:
                    await DelayAsync(wait.Time, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>How an account stands now.</summary>
    public Task<BudgetSnapshot> LookAsync(string account, CancellationToken cancellationToken) => budget.LookAsync(account, cancellationToken);

    /// <summary>Tells how the request ended. It never fails.</summary>
    /// <returns>How long nothing is granted from now on.</returns>
    public async Task<TimeSpan> LeaveAsync(Admission admission, BudgetOutcome outcome)
    {
        try
        {
            return await budget.EndAsync(admission.Grant, outcome, CancellationToken.None);
        }
        catch (Exception e)
        {
            // Whatever GitHub answered counts for more, and the grant ends with its lease.
            logger.GrantNotEnded(e);
            return TimeSpan.Zero;
        }
    }

    /// <summary>The request is not made.</summary>
    public Task CancelAsync(Admission admission) => LeaveAsync(admission, new(BudgetEnd.Void));

    // A timer counts whole milliseconds, and one that fires too early would ask in vain.
    async Task DelayAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping);
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    GitHubException NotYet(BudgetAnswer.Wait wait) => new(
        new() { Kind = FailureKind.Throttled, Message = wait.Reason.Words(), Status = wait.Status, RetryAt = time.GetUtcNow() + wait.Time },
        mayHaveHappened: false);
}
