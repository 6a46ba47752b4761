using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts.GitHub;
using Monarch.Redis.Outages;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Endpoints;
using Monarch.Workers.GitHub.Ledgers;
using Monarch.Workers.GitHub.Snapshots;

namespace Monarch.Workers.GitHub.Issues;

/// <summary>Creates a run of a snapshot's issues in a target, one after the other.</summary>
sealed class IssueCopier(
    IssueCreator creator,
    ILedger ledger,
    ISnapshots snapshots,
    IOptions<CopyOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    IssueInstruments instruments,
    ILogger<IssueCopier> logger)
{
    /// <returns>
    /// The answer, <see cref="IssuesCreated"/> or <see cref="TargetUnread"/>; null when the snapshot is gone or not whole.
    /// </returns>
    /// <exception cref="GitHubException">The run's first issue could not be created. Any later one ends the run and is the next one's first.</exception>
    /// <exception cref="IssueBugException">The run's first issue hit a bug.</exception>
    public async Task<object?> CopyAsync(CreateIssues command, CancellationToken cancellationToken)
    {
        var issues = await snapshots.ReadAsync(command.SnapshotId, command.From, options.Value.RunIssues, cancellationToken);
        if (issues is null)
        {
            return null;
        }

        var key = new LedgerKey(command.SourceRepositoryId, command.TargetRepositoryId);
        var there = await ledger.GetCreatedAsync(key, [.. issues.Select(issue => issue.Number)], cancellationToken);
        var run = new Run(command);
        long? firstTried = null;
        foreach (var (place, issue) in issues.Index())
        {
            if (there.ContainsKey(issue.Number))
            {
                run.FoundThere();
                continue;
            }

            if ((place == 0 ? TimeSpan.MaxValue : TimeLeft()) is not { Ticks: > 0 } patience)
            {
                break;
            }

            var (tried, error) = await TryAsync(command, issue, command.IsLastTry && place == 0, patience, cancellationToken);
            firstTried ??= time.GetTimestamp();
            run.Add(tried);
            if (tried.HasDoneAnything)
            {
                continue;
            }

            if (error is not null)
            {
                End(run, error, command, issue, cancellationToken);
            }

            break;
        }

        return run.Answer();

        // While the first one waits for GitHub's limits, the time does not run. After it, a run that would have to wait for longer than it
        // has ends: what it did is told now, and the next one is there when the wait is over.
        TimeSpan TimeLeft() => lifetime.ApplicationStopping.IsCancellationRequested ? TimeSpan.Zero
            : firstTried is { } at ? options.Value.RunTime - time.GetElapsedTime(at)
            : TimeSpan.MaxValue;
    }

    async Task<(Run Tried, Exception? Error)> TryAsync(
        CreateIssues command, SnapshotIssue issue, bool isLastTry, TimeSpan patience, CancellationToken cancellationToken)
    {
        var (tried, error) = (new Run(command), (Exception?)null);
        using var span = IssueSpan.Begin(issue.Number);
        try
        {
            await creator.CreateAsync(command, tried, issue, isLastTry, patience, cancellationToken);
        }
        catch (Exception e)
        {
            error = e;
        }

        instruments.Tried(tried, error);
        span?.SetTag(IssueSpan.Outcome, tried.Outcome ?? "deferred");
        return (tried, error);
    }

    void End(Run run, Exception error, CreateIssues command, SnapshotIssue issue, CancellationToken cancellationToken)
    {
        if (!run.HasDoneAnything)
        {
            ExceptionDispatchInfo.Throw(IsBug(error, cancellationToken) ? new IssueBugException(issue, error) : error);
        }

        if (error is GitHubException { Failure: var failure })
        {
            run.EndBy(failure);
            if (!failure.IsSelfThrottled())
            {
                logger.IssueFailed(
                    issue.Number, command.SourceFullName, command.TargetFullName, failure.Kind, failure.Message, failure.Status, failure.RequestId);
            }
        }
        else
        {
            logger.RunCutShort(error, issue.Number, command.SourceFullName, command.TargetFullName);
        }
    }

    static bool IsBug(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        GitHubException or RedisUnavailableException => false,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => true,
    };
}
