using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Redis;
using Monarch.Workers.GitHub.Client;
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
    ILogger<IssueCopier> logger)
{
    /// <returns>
    /// The answer, <see cref="IssuesCreated"/> or <see cref="TargetUnread"/>; null when the snapshot is gone or not whole.
    /// </returns>
    /// <exception cref="GitHubException">The run's first issue could not be created. Any later one ends the run and is the next one's first.</exception>
    /// <exception cref="IssueBugException">The run's first issue hit a bug.</exception>
    public async Task<object?> CopyAsync(CreateIssues command, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var issues = await snapshots.ReadAsync(command.SnapshotId, command.From, options.Value.RunIssues, cancellationToken);
        if (issues is null)
        {
            return null;
        }

        var key = new LedgerKey(command.SourceRepositoryId, command.TargetRepositoryId);
        var there = await ledger.GetCreatedAsync(key, [.. issues.Select(issue => issue.Number)], cancellationToken);
        var asked = command.OnlyRejected ? (await ledger.GetRejectedAsync(key, cancellationToken)).Select(issue => issue.Number).ToHashSet() : null;
        var run = new Run(command);
        foreach (var issue in issues)
        {
            if (there.ContainsKey(issue.Number))
            {
                run.FoundThere();
                continue;
            }

            if (asked?.Contains(issue.Number) == false)
            {
                run.PassedOver();
                continue;
            }

            if (run.HasDoneAnything && (time.GetElapsedTime(began) >= options.Value.RunTime || lifetime.ApplicationStopping.IsCancellationRequested))
            {
                break;
            }

            await CopyAsync(command, run, issue, cancellationToken);
            if (run.IsOver)
            {
                break;
            }
        }

        return run.Answer();
    }

    async Task CopyAsync(CreateIssues command, Run run, SnapshotIssue issue, CancellationToken cancellationToken)
    {
        try
        {
            await creator.CreateAsync(command, run, issue, cancellationToken);
        }
        catch (GitHubException e) when (run.HasDoneAnything && e.Failure.Kind != FailureKind.Bug)
        {
            run.EndBy(e.Failure);
        }
        catch (Exception e) when (run.HasDoneAnything)
        {
            logger.RunCutShort(e, issue.Number, command.SourceFullName, command.TargetFullName);
            run.CutShort();
        }
        catch (Exception e) when (IsBug(e, cancellationToken))
        {
            throw new IssueBugException(issue, e);
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
