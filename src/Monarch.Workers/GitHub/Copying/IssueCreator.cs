using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Markdown;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>
/// Creates one issue in a target exactly once, though GitHub has no idempotency key: wait for the budget, ask the ledger, post, tell the
/// ledger. A post whose end nobody knows makes the issue doubtful, and a doubtful one is searched for before it is posted again.
/// </summary>
sealed class IssueCreator(
    GitHubClients gitHubs,
    ILedger ledger,
    RequestBudget budget,
    IOptions<GitHubOptions> options,
    TimeProvider time,
    ILogger<IssueCreator> logger)
{
    // A live intent is usually a copy of the same command that is still at work, and soon done; one of a dead worker lives long.
    static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(3);

    // A listing lags by seconds.
    static readonly TimeSpan SearchWait = TimeSpan.FromSeconds(3);

    // Replicas are back after a moment, or after an operator has done something.
    static readonly TimeSpan ReplicaWait = TimeSpan.FromSeconds(3);

    /// <param name="command">Of which the issue is a part.</param>
    /// <param name="run">Is told what became of the issue; nothing when <paramref name="patience"/> ends first.</param>
    /// <param name="issue">The source's.</param>
    /// <param name="isLastTry">Whether the issue is named as rejected where GitHub refuses it without saying why.</param>
    /// <param name="patience">How long GitHub's limits are waited for.</param>
    /// <param name="cancellationToken">Ends the wait, but no request that may create something.</param>
    public async Task CreateAsync(
        CreateIssues command, Run run, SnapshotIssue issue, bool isLastTry, TimeSpan patience, CancellationToken cancellationToken)
    {
        var attempt = new LedgerAttempt(Pair(command), issue.Number, Guid.NewGuid().ToString("N"));
        if (issue.Unreadable is { } field)
        {
            var named = issue with { Title = issue.Title.Length > 0 ? issue.Title : "(no title)" };
            await RejectAsync(command, run, named, Unreadable(command, issue, field));
            return;
        }

        // Before the ledger is asked: an issue whose body cannot be made leaves no intent behind.
        var body = CopiedBody.Compose(issue.Body, new Marker(command.SourceRepositoryId, command.SourceFullName, issue.Number), issue.Url);

        // Before that too: an installation's token may have to be renewed.
        var gitHub = await gitHubs.ForTargetAsync(command.TargetRepositoryId, command.TargetFullName, cancellationToken);

        if (await BeginAsync(gitHub, attempt, null, patience, cancellationToken) is not var (answer, admission))
        {
            return;
        }

        if (answer is LedgerAnswer.Doubtful { Wait.Ticks: <= 0 } doubt)
        {
            var (found, isBehind) = await SearchAsync(gitHub, command, issue, doubt, cancellationToken);
            if (isBehind)
            {
                run.EndBy(NotYet(
                    $"GitHub's list of the issues of {command.TargetFullName} lags behind; it is searched for issue {issue.Number} again.",
                    SearchWait));
                return;
            }

            if (found is not null)
            {
                run.Created();
                return;
            }

            if (await BeginAsync(gitHub, attempt, doubt.Token, patience, cancellationToken) is not var (second, later))
            {
                return;
            }

            (answer, admission) = (second, later);
        }

        switch (answer)
        {
            case LedgerAnswer.Created:
                run.FoundThere();
                break;
            case LedgerAnswer.Unread:
                run.EndByUnread();
                break;
            case LedgerAnswer.Busy busy:
                run.EndByBusy(NotYet($"Another worker may be creating issue {issue.Number} at this moment.", Shorter(busy.Wait, BusyWait)));
                break;
            case LedgerAnswer.Doubtful doubtful:
                run.EndBy(NotYet($"GitHub did not say whether it created issue {issue.Number}; its listing is searched shortly.", doubtful.Wait));
                break;
            case LedgerAnswer.Unreplicated unreplicated:
                run.EndBy(NotYet(
                    $"Redis has {unreplicated.Missing} of the replicas too few that VALKEY_WAIT_REPLICAS asks for; issue {issue.Number} is not created before they "
                    + "answer: another server may have taken this one's place.",
                    ReplicaWait));
                break;
            default:
                await PostAsync(gitHub, command, run, issue, body, isLastTry, attempt, admission);
                break;
        }
    }

    /// <summary>The budget comes first: while it lets one wait, no intent may run out. What the ledger does not grant is given back.</summary>
    async Task<(LedgerAnswer Answer, Admission Admission)?> BeginAsync(
        GitHubClient gitHub, LedgerAttempt attempt, string? searched, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (await budget.TryEnterAsync(gitHub.Account.Key, BudgetKind.Create, Reservation(attempt), patience, cancellationToken) is not { } admission)
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

    async Task<(int? Found, bool IsBehind)> SearchAsync(
        GitHubClient gitHub, CreateIssues command, SnapshotIssue issue, LedgerAnswer.Doubtful doubt, CancellationToken cancellationToken)
    {
        var (found, isBehind) = await TargetReader.FindCopyAsync(gitHub, Pair(command), issue.Number, doubt.Since, cancellationToken);
        if (!isBehind)
        {
            logger.DoubtCleared(issue.Number, command.SourceFullName, command.TargetFullName, found is null ? "is not there" : "is there");
        }

        if (found is { } targetNumber)
        {
            await SetCreatedAsync(command, issue, targetNumber);
        }

        return (found, isBehind);
    }

    // Not cancelled: once it is sent, its answer is waited for, so that a stop leaves nothing in doubt.
    async Task PostAsync(
        GitHubClient gitHub,
        CreateIssues command,
        Run run,
        SnapshotIssue issue,
        string body,
        bool isLastTry,
        LedgerAttempt attempt,
        Admission admission)
    {
        try
        {
            var created = await gitHub.CreateIssueAsync(
                command.TargetRepositoryId, issue.Title, body, admission, LatestStart(admission), CancellationToken.None);
            await SetCreatedAsync(command, issue, created.Number);
            run.Created();
        }
        catch (GitHubException e) when (e.IsUnsent)
        {
            await ledger.SetUntriedAsync(attempt, CancellationToken.None);
            run.EndBy(NotYet($"The worker was held up before it could create issue {issue.Number}.", TimeSpan.Zero));
        }
        catch (GitHubException e) when (e.MayHaveHappened)
        {
            await ledger.SetDoubtfulAsync(attempt, CancellationToken.None);
            throw;
        }
        catch (GitHubException e) when (e.Failure.Kind == FailureKind.RejectedIssue || (isLastTry && e.Failure.IsUnexplained()))
        {
            await RejectAsync(command, run, issue, e.Failure.Kind == FailureKind.Throttled ? Unexplained(e.Failure) : e.Failure);
            await ledger.SetUntriedAsync(attempt, CancellationToken.None);
        }
        catch (GitHubException)
        {
            await ledger.SetUntriedAsync(attempt, CancellationToken.None);
            throw;
        }
    }

    async Task RejectAsync(CreateIssues command, Run run, SnapshotIssue issue, Failure failure)
    {
        logger.IssueRejected(issue.Number, command.SourceFullName, command.TargetFullName, failure.Message);
        var rejected = new RejectedIssue { Number = issue.Number, Title = issue.Title, Failure = failure };
        await ledger.SetRejectedAsync(Pair(command), rejected, CancellationToken.None);
        run.Rejected(rejected);
    }

    static Failure Unreadable(CreateIssues command, SnapshotIssue issue, string field) => new()
    {
        Kind = FailureKind.RejectedIssue,
        Message = issue.Number == 0
            ? $"GitHub lists an issue of {command.SourceFullName} without a number that can be read."
            : $"GitHub lists issue {issue.Number} of {command.SourceFullName} without a {field} that can be read.",
        Remedy = "Open the issue in the source, edit and save it, then retry the migration.",
    };

    /// <summary>A process that is stopped for a while must not post later: another one might hold the intent by the end of the post.</summary>
    long LatestStart(Admission admission)
    {
        var latest = options.Value.IntentLifetime - options.Value.Timeout - options.Value.Margin;
        return admission.AskedAt + (long)(latest.TotalSeconds * time.TimestampFrequency);
    }

    Task SetCreatedAsync(CreateIssues command, SnapshotIssue issue, int targetNumber) =>
        ledger.SetCreatedAsync(Pair(command), new Dictionary<int, int> { [issue.Number] = targetNumber }, CancellationToken.None);

    static LedgerKey Pair(CreateIssues command) => new(command.SourceRepositoryId, command.TargetRepositoryId, command.PassId);

    static string Reservation(LedgerAttempt attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{attempt.Key.SourceRepositoryId}:{attempt.Key.TargetRepositoryId}:{attempt.Number}");

    static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    static Failure Unexplained(Failure failure) => failure with
    {
        Kind = FailureKind.RejectedIssue,
        Remedy = "GitHub has refused this issue again and again, and does not say what is wrong with it. Simplify it in the source, then migrate again: "
            + "only what is missing is created.",
    };

    Failure NotYet(string message, TimeSpan wait) => new()
    {
        Kind = FailureKind.Transient,
        Message = message,
        RetryAt = time.GetUtcNow() + wait,
    };
}
