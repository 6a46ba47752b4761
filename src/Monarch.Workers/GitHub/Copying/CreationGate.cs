using System.Globalization;
using Microsoft.Extensions.Options;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>
/// What precedes the creation of an issue or a comment: a turn of the budget, then an intent in the ledger. The budget comes first, so that no
/// intent expires during its wait.
/// </summary>
sealed class CreationGate(ILedger ledger, RequestBudget budget, IOptions<GitHubOptions> options, TimeProvider time)
{
    /// <param name="gitHub">The target's client.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="searched">The token of a doubtful attempt whose result was searched for and not found; null for none.</param>
    /// <param name="longestWait">How long to wait for the budget's turn at most; the budget itself defers longer waits by an exception.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>
    /// The ledger's answer, and the admission, which ends when the ledger refuses the attempt; null when the wait exceeds
    /// <paramref name="longestWait"/>.
    /// </returns>
    public async Task<(LedgerAnswer Answer, Admission Admission)?> BeginAsync(
        GitHubClient gitHub,
        LedgerAttempt attempt,
        string? searched,
        TimeSpan longestWait,
        CancellationToken cancellationToken
    )
    {
        if (
            await budget.TryEnterAsync(gitHub.Account.Key, BudgetKind.Create, Reservation(attempt), longestWait, cancellationToken)
            is not { } admission
        )
        {
            return null;
        }

        LedgerAnswer? answer = null;
        try
        {
            answer = await ledger.BeginAsync(attempt, options.Value.IntentLifetime, searched, cancellationToken);
            return (answer, admission);
        }
        finally
        {
            if (answer is not LedgerAnswer.Granted)
            {
                await budget.CancelAsync(admission);
            }
        }
    }

    /// <summary>
    /// The timestamp after which the request must not be sent: a process that is stopped for a while must not post later, because another one
    /// might hold the intent by the end of the post.
    /// </summary>
    public long LatestStart(Admission admission)
    {
        var latest = options.Value.IntentLifetime - options.Value.Timeout - options.Value.Margin;
        return admission.AskedAt + (long)(latest.TotalSeconds * time.TimestampFrequency);
    }

    static string Reservation(LedgerAttempt attempt)
    {
        var (key, copy) = (attempt.Key, attempt.Key.Copy is { } number ? $"{number}:" : "");
        return string.Create(CultureInfo.InvariantCulture, $"{key.SourceRepositoryId}:{key.TargetRepositoryId}:{copy}{attempt.Number}");
    }
}
