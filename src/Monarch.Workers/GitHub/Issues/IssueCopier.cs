using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Redis;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Endpoints;
using Monarch.Workers.GitHub.Ledgers;
using Monarch.Workers.GitHub.Snapshots;

namespace Monarch.Workers.GitHub.Issues;

/// <summary>Creates a run of a snapshot's issues in a target: one after the other, or many at once where their order does not matter.</summary>
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
    const long NotYet = long.MinValue;

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
        var firstTried = NotYet;
        var (runs, errors, isOver) = (new Run[issues.Count], new Exception?[issues.Count], false);
        if (command.Unordered)
        {
            await Parallel.ForAsync(0, issues.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Value.UnorderedAtOnce }, (place, _) => CopyAsync(place));
        }
        else
        {
            for (var place = 0; place < issues.Count; place++)
            {
                await CopyAsync(place);
            }
        }

        var undone = Array.FindIndex(runs, run => !run.HasDoneAnything);
        var whole = Run.Join(command, runs);
        if (undone >= 0 && errors[undone] is { } error)
        {
            End(whole, error, command, issues[undone], cancellationToken);
        }

        return whole.Answer();

        async ValueTask CopyAsync(int place)
        {
            var (issue, run) = (issues[place], runs[place] = new(command));
            if (there.ContainsKey(issue.Number))
            {
                run.FoundThere();
            }
            else if (!Volatile.Read(ref isOver) && (place == 0 ? TimeSpan.MaxValue : TimeLeft()) is { Ticks: > 0 } patience)
            {
                using var span = IssueSpan.Begin(issue.Number);
                try { await creator.CreateAsync(command, run, issue, patience, cancellationToken); }
                catch (Exception e) { errors[place] = e; }
                instruments.Tried(run, errors[place]);
                span?.SetTag(IssueSpan.Outcome, run.Outcome ?? "deferred");
                Interlocked.CompareExchange(ref firstTried, time.GetTimestamp(), NotYet);
            }

            if (!run.HasDoneAnything)
            {
                Volatile.Write(ref isOver, true);
            }
        }

        // While the first one waits for GitHub's limits, the time does not run. After it, a run that would have to wait for longer than it
        // has ends: what it did is told now, and the next one is there when the wait is over.
        TimeSpan TimeLeft() => lifetime.ApplicationStopping.IsCancellationRequested ? TimeSpan.Zero
            : Volatile.Read(ref firstTried) is var at && at == NotYet ? TimeSpan.MaxValue
            : options.Value.RunTime - time.GetElapsedTime(at);
    }

    void End(Run run, Exception error, CreateIssues command, SnapshotIssue issue, CancellationToken cancellationToken)
    {
        if (!run.HasDoneAnything)
        {
            ExceptionDispatchInfo.Throw(IsBug(error, cancellationToken) ? new IssueBugException(issue, error) : error);
        }

        if (error is GitHubException { Failure: { Kind: not FailureKind.Bug } failure })
        {
            run.EndBy(failure);
            if (!failure.IsOwnPace())
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
        GitHubException e => e.Failure.Kind == FailureKind.Bug,
        RedisUnavailableException => false,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => true,
    };
}
