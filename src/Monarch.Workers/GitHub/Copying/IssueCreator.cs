using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>
/// Creates one issue in a target exactly once, although GitHub has no idempotency key: wait for the budget, ask the ledger, post, record
/// the answer in the ledger. A post without an answer makes the issue doubtful, and a doubtful issue is searched for before it is posted
/// again.
/// </summary>
sealed partial class IssueCreator(
    GitHubClients gitHubs,
    ILedger ledger,
    IssueComposer composer,
    CreationGate gate,
    TimeProvider time,
    ILogger<IssueCreator> logger
)
{
    // A live intent usually belongs to another delivery of the same command, which finishes soon; an intent of a dead worker remains
    // until it expires.
    static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(3);

    // A listing lags by seconds.
    static readonly TimeSpan SearchWait = TimeSpan.FromSeconds(3);

    // Replicas reconnect after a moment, or after an operator has acted.
    static readonly TimeSpan ReplicaWait = TimeSpan.FromSeconds(3);

    /// <param name="command">The command that carries the issue.</param>
    /// <param name="issue">The source's issue.</param>
    /// <param name="fields">What the target offers.</param>
    /// <param name="isLastTry">Whether the issue is rejected where GitHub refuses it without a reason.</param>
    /// <param name="longestWait">How long to wait for the budget's turn at most; the budget itself defers longer waits by an exception.</param>
    /// <param name="cancellationToken">Ends the wait, but no request that may create something.</param>
    /// <exception cref="GitHubException">GitHub failed, or refused for a reason that is not the issue's.</exception>
    public async Task<IssueOutcome> CreateAsync(
        CreateIssues command,
        SnapshotIssue issue,
        TargetFields fields,
        bool isLastTry,
        TimeSpan longestWait,
        CancellationToken cancellationToken
    )
    {
        if (issue.Unreadable is { } field)
        {
            var named = issue with { Title = issue.Title.Length > 0 ? issue.Title : "(no title)" };
            return await RejectAsync(command, named, Unreadable(command, issue, field));
        }

        // Before the ledger is asked: an issue whose body cannot be composed leaves no intent behind.
        var place = new IssuePlace(Key(command), command.SourceFullName, command.TargetFullName);
        var content = await composer.ComposeAsync(issue, place, command.Copy, fields, cancellationToken);

        // Before that too: an installation's token may have to be renewed.
        var gitHub = await gitHubs.ForTargetAsync(command.TargetRepositoryId, command.TargetFullName, cancellationToken);

        var attempt = new LedgerAttempt(Key(command), issue.Number, Guid.NewGuid().ToString("N"));
        if (await gate.BeginAsync(gitHub, attempt, searched: null, longestWait, cancellationToken) is not var (answer, admission))
        {
            return new IssueOutcome.NotAttempted();
        }

        if (answer is LedgerAnswer.Doubtful { Wait.Ticks: <= 0 } doubt)
        {
            if (await SearchAsync(gitHub, command, issue, fields, doubt, cancellationToken) is { } found)
            {
                return found;
            }

            if (await gate.BeginAsync(gitHub, attempt, doubt.Token, longestWait, cancellationToken) is not var (second, later))
            {
                return new IssueOutcome.NotAttempted();
            }

            (answer, admission) = (second, later);
        }

        return answer switch
        {
            LedgerAnswer.Granted => await PostAsync(gitHub, command, issue, content, fields, isLastTry, attempt, admission),
            LedgerAnswer.Created => new IssueOutcome.AlreadyThere(),
            LedgerAnswer.Unread => new IssueOutcome.TargetUnread(),
            LedgerAnswer.Busy busy => new IssueOutcome.Busy(
                NotYet($"Another worker may be creating issue {issue.Number} at this moment.", Shorter(busy.Wait, BusyWait))
            ),
            LedgerAnswer.Doubtful doubtful => new IssueOutcome.Deferred(
                NotYet($"GitHub did not say whether it created issue {issue.Number}; its listing is searched shortly.", doubtful.Wait)
            ),
            LedgerAnswer.Unreplicated unreplicated => new IssueOutcome.Deferred(
                NotYet(
                    $"{unreplicated.Missing} of the replicas that VALKEY_WAIT_REPLICAS requires did not acknowledge the write: issue {issue.Number} is not "
                        + "created before they do, because another Redis may have become the primary.",
                    ReplicaWait
                )
            ),
            _ => throw new InvalidOperationException($"The ledger answered {answer}."),
        };
    }

    /// <summary>Looks for the copy that a doubtful attempt may have created.</summary>
    /// <returns>Null when there is none: the issue may be posted.</returns>
    async Task<IssueOutcome?> SearchAsync(
        GitHubClient gitHub,
        CreateIssues command,
        SnapshotIssue issue,
        TargetFields fields,
        LedgerAnswer.Doubtful doubt,
        CancellationToken cancellationToken
    )
    {
        var copies = await ledger.GetCreatedAsync(Key(command), cancellationToken);
        var newestKnown = copies.Values.DefaultIfEmpty().Max();
        var (found, isBehind) = await TargetReader.FindCopyAsync(
            gitHub,
            Key(command),
            issue.Number,
            doubt.Since,
            time.GetUtcNow(),
            newestKnown,
            cancellationToken
        );
        if (isBehind)
        {
            return new IssueOutcome.Deferred(
                NotYet(
                    $"GitHub's list of the issues of {command.TargetFullName} lags behind; it is searched for issue {issue.Number} again.",
                    SearchWait
                )
            );
        }

        logger.DoubtCleared(issue.Number, command.SourceFullName, command.TargetFullName, found is null ? "is not there" : "is there");
        if (found is null)
        {
            return null;
        }

        await SetCreatedAsync(command, issue, fields, found);
        return new IssueOutcome.Created();
    }

    // Not cancelled: the answer to a request that was sent is awaited, so that a stop leaves nothing in doubt.
    async Task<IssueOutcome> PostAsync(
        GitHubClient gitHub,
        CreateIssues command,
        SnapshotIssue issue,
        NewIssue content,
        TargetFields fields,
        bool isLastTry,
        LedgerAttempt attempt,
        Admission admission
    )
    {
        try
        {
            var created = await gitHub.CreateIssueAsync(
                command.TargetRepositoryId,
                content,
                admission,
                gate.LatestStart(admission),
                CancellationToken.None
            );
            await SetCreatedAsync(command, issue, fields, created);
            return new IssueOutcome.Created();
        }
        catch (GitHubException e) when (e.IsUnsent)
        {
            await ledger.SetUntriedAsync(attempt, CancellationToken.None);
            return new IssueOutcome.Deferred(NotYet($"The worker was held up before it could create issue {issue.Number}.", TimeSpan.Zero));
        }
        catch (GitHubException e) when (e.MayHaveHappened)
        {
            await ledger.SetDoubtfulAsync(attempt, CancellationToken.None);
            throw;
        }
        catch (GitHubException e) when (e.Failure.Kind == FailureKind.RejectedIssue && content.HasFields)
        {
            // A label or a milestone may have been deleted since the target was prepared.
            await ledger.SetUntriedAsync(attempt, CancellationToken.None);
            await ledger.AddNotesAsync(attempt.Key, [WithoutFields(issue, e.Failure)], CancellationToken.None);
            return await CreateAsync(
                command with
                {
                    Copy = (command.Copy ?? new()).WithoutFields(),
                },
                issue,
                new(),
                isLastTry,
                TimeSpan.MaxValue,
                CancellationToken.None
            );
        }
        catch (GitHubException e) when (e.Failure.Kind == FailureKind.RejectedIssue || (isLastTry && e.Failure.IsUnexplained()))
        {
            await ledger.SetUntriedAsync(attempt, CancellationToken.None);
            return await RejectAsync(command, issue, e.Failure.Kind == FailureKind.Throttled ? Unexplained(e.Failure) : e.Failure);
        }
        catch (GitHubException)
        {
            await ledger.SetUntriedAsync(attempt, CancellationToken.None);
            throw;
        }
    }

    async Task<IssueOutcome> RejectAsync(CreateIssues command, SnapshotIssue issue, Failure failure)
    {
        logger.IssueRejected(issue.Number, command.SourceFullName, command.TargetFullName, failure.Message);
        var rejected = new RejectedIssue
        {
            Number = issue.Number,
            Title = issue.Title,
            Failure = failure,
        };
        await ledger.SetRejectedAsync(Key(command), rejected, CancellationToken.None);
        return new IssueOutcome.Rejected(rejected);
    }

    async Task SetCreatedAsync(CreateIssues command, SnapshotIssue issue, TargetFields fields, Issue copy)
    {
        // The notes first: an issue that is recorded as created is not looked at again.
        var notes = FieldNotes.Of(issue, composer.Rules(command.Copy), fields, copy);
        if (notes.Count > 0)
        {
            await ledger.AddNotesAsync(Key(command), notes, CancellationToken.None);
        }

        await ledger.SetCreatedAsync(Key(command), new Dictionary<int, int> { [issue.Number] = copy.Number }, CancellationToken.None);
    }

    static LedgerKey Key(CreateIssues command) => new(command.SourceRepositoryId, command.TargetRepositoryId, command.PassId);

    static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
