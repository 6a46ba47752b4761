using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts.GitHub;
using Monarch.Redis.Outages;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.Endpoints;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>Creates one slice of a snapshot's issues in a target, in their order.</summary>
sealed class IssueCopier(
    IssueCreator creator,
    IssueComposer composer,
    ILedger ledger,
    ISnapshots snapshots,
    IOptions<SliceOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    IssueInstruments instruments,
    ILogger<IssueCopier> logger
)
{
    /// <returns>
    /// The outcome of each issue from the slice's first, up to the first that is not done; null when the snapshot is gone or incomplete.
    /// </returns>
    /// <exception cref="GitHubException">The slice's first issue failed. A later failure ends the slice instead: that issue is the next
    /// slice's first.</exception>
    /// <exception cref="IssueBugException">The slice's first issue hit a bug.</exception>
    public async Task<IReadOnlyList<IssueOutcome>?> CopyAsync(CreateIssues command, CancellationToken cancellationToken)
    {
        if (await snapshots.ReadAsync(command.SnapshotId, command.From, options.Value.SliceIssues, cancellationToken) is not { } issues)
        {
            return null;
        }

        var key = new LedgerKey(command.SourceRepositoryId, command.TargetRepositoryId);
        var copies = await ledger.GetCreatedAsync(key, [.. issues.Select(issue => issue.Number)], cancellationToken);
        var missing = issues.Where(issue => !copies.ContainsKey(issue.Number));
        if (await composer.FindFieldsAsync(key, command.SnapshotId, missing, command.Copy, cancellationToken) is not { } fields)
        {
            return [new IssueOutcome.TargetUnread()];
        }

        var outcomes = new List<IssueOutcome>(issues.Count);
        long? firstAttempted = null;
        foreach (var issue in issues)
        {
            if (copies.ContainsKey(issue.Number))
            {
                outcomes.Add(new IssueOutcome.AlreadyThere());
                continue;
            }

            var isFirst = outcomes.Count == 0;
            var longestWait = isFirst ? TimeSpan.MaxValue : TimeLeft();
            if (longestWait <= TimeSpan.Zero)
            {
                break;
            }

            var outcome = isFirst
                ? await AttemptFirstAsync(command, issue, fields, longestWait, cancellationToken)
                : await AttemptLaterAsync(command, issue, fields, longestWait, cancellationToken);
            firstAttempted ??= time.GetTimestamp();
            outcomes.Add(outcome);
            if (!outcome.IsDone)
            {
                break;
            }
        }

        return outcomes;

        // The slice's time starts with its first attempt; a later attempt waits for the budget within what is left of it. A longer wait
        // ends the slice: its outcomes are reported now, and the next slice begins when the wait is over.
        TimeSpan TimeLeft() =>
            lifetime.ApplicationStopping.IsCancellationRequested ? TimeSpan.Zero
            : firstAttempted is { } at ? options.Value.SliceTime - time.GetElapsedTime(at)
            : TimeSpan.MaxValue;
    }

    async Task<IssueOutcome> AttemptFirstAsync(
        CreateIssues command,
        SnapshotIssue issue,
        TargetFields fields,
        TimeSpan longestWait,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await AttemptAsync(command, issue, fields, command.IsLastTry, longestWait, cancellationToken);
        }
        catch (Exception e) when (IsBug(e, cancellationToken))
        {
            throw new IssueBugException(issue, e);
        }
    }

    async Task<IssueOutcome> AttemptLaterAsync(
        CreateIssues command,
        SnapshotIssue issue,
        TargetFields fields,
        TimeSpan longestWait,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await AttemptAsync(command, issue, fields, isLastTry: false, longestWait, cancellationToken);
        }
        catch (GitHubException e)
        {
            var failure = e.Failure;
            if (!failure.IsSelfThrottled())
            {
                logger.IssueFailed(
                    issue.Number,
                    command.SourceFullName,
                    command.TargetFullName,
                    failure.Kind,
                    failure.Message,
                    failure.Status,
                    failure.RequestId
                );
            }

            return new IssueOutcome.Deferred(failure);
        }
        catch (Exception e)
        {
            logger.SliceCutShort(e, issue.Number, command.SourceFullName, command.TargetFullName);
            return new IssueOutcome.NotAttempted();
        }
    }

    async Task<IssueOutcome> AttemptAsync(
        CreateIssues command,
        SnapshotIssue issue,
        TargetFields fields,
        bool isLastTry,
        TimeSpan longestWait,
        CancellationToken cancellationToken
    )
    {
        using var span = IssueSpan.Begin(issue.Number);
        try
        {
            var outcome = await creator.CreateAsync(command, issue, fields, isLastTry, longestWait, cancellationToken);
            var name = instruments.Record(outcome);
            span?.SetTag(IssueSpan.Outcome, name);
            return outcome;
        }
        catch (Exception e)
        {
            var name = instruments.Record(e);
            span?.SetTag(IssueSpan.Outcome, name);
            throw;
        }
    }

    static bool IsBug(Exception exception, CancellationToken cancellationToken) =>
        exception switch
        {
            GitHubException or RedisUnavailableException => false,
            OperationCanceledException => !cancellationToken.IsCancellationRequested,
            _ => true,
        };
}
