using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.DryRuns;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying;
using Monarch.Workers.GitHub.Copying.Finishing;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Repositories;

namespace Monarch.Workers.GitHub.Planning;

/// <summary>Finds out what a migration would do in a target. Only reads, at GitHub and in the ledger.</summary>
sealed class TargetPlanner(
    GitHubClients gitHubs,
    ISnapshots snapshots,
    ILedger ledger,
    CopyLister lister,
    IListedCopiesStore store,
    IssueComposer composer,
    BudgetRules budget,
    IOptions<OwnerOptions> owners,
    TimeProvider time,
    ILogger<TargetPlanner> logger
)
{
    const int IssuesShown = 500;
    const int NotesShown = 300;
    const int Slice = 100;

    public async Task<TargetPlanning> PlanAsync(PlanTarget command, CancellationToken cancellationToken)
    {
        var (_, found) = await gitHubs.FindAsync(command.Target, cancellationToken);
        if (owners.Value.Refusal(command.Target, found.FullName) is { } otherOwner)
        {
            return new TargetPlanning.Refused(otherOwner);
        }

        if (found.Id == command.SourceRepositoryId)
        {
            return new TargetPlanning.Refused(TargetRules.IsSource(found.FullName));
        }

        var gitHub = await gitHubs.ForTargetAsync(found.Id, found.FullName, cancellationToken);
        var target = await gitHub.GetRepositoryAsync(found.Id, cancellationToken);
        if (TargetRules.Refusal(target) is { } refusal)
        {
            return new TargetPlanning.Refused(refusal);
        }

        var key = new LedgerKey(command.SourceRepositoryId, target.Id);
        if (await lister.ListAsync(gitHub, command, key, cancellationToken) is not { } listed)
        {
            return new TargetPlanning.Deferred(NextStep(target.FullName));
        }

        if (
            await snapshots.FindFieldsAsync(command.SnapshotId, cancellationToken) is not { } wanted
            || await ToCreateAsync(command.SnapshotId, listed, cancellationToken) is not { } toCreate
        )
        {
            return new TargetPlanning.Refused(SnapshotLost(command.SourceFullName));
        }

        var place = new IssuePlace(key, command.SourceFullName, target.FullName);
        var fields = await PlannedFields.ReadAsync(gitHub, target, wanted, composer.Rules(command.Copy), cancellationToken);
        var numbers = listed.Copies.Keys.Concat(wanted.Closed.Select(closed => ClosedFinisher.EntryOf(closed.Number)));
        var finished = await ledger.GetFinishedAsync(key, [.. numbers], cancellationToken);
        var issues = new IssuePlanner(composer, place, command.Copy, fields, listed.Copies, finished, toCreate);
        var count = 0;
        await foreach (var issue in IssuesAsync(command.SnapshotId, cancellationToken))
        {
            var comments = issues.CommentsOf(issue);
            var known =
                listed.Copies.TryGetValue(issue.Number, out var there) && (comments.Count > 0 || there.IsContinued)
                    ? await ledger.GetCommentsAsync(key with { Copy = there.Number }, cancellationToken)
                    : new HashSet<long>();
            issues.Add(issue, comments, known);
            count++;
        }

        // Without issues, a migration begins only to close copies.
        issues.AddClosed(count > 0 || command.Copy?.CloseRemoved == true ? wanted.Closed : []);

        await store.RemoveAsync(command.DryRunId, command.TargetIndex, cancellationToken);
        logger.TargetPlanned(target.FullName, issues.Created.Count, issues.AlreadyThere);
        return new TargetPlanning.Planned(Plan(target, gitHub.Account.Key, fields, listed, issues));
    }

    TargetPlan Plan(Repository target, string account, PlannedFields fields, ListedCopies listed, IssuePlanner issues) =>
        new()
        {
            RepositoryId = target.Id,
            FullName = target.FullName,
            Account = account,
            Create = issues.Created.Count,
            ToCreate = [.. issues.Created.Take(IssuesShown)],
            Comments = issues.Comments,
            AlreadyThere = issues.AlreadyThere,
            Change = issues.Changed.Count,
            ToChange = [.. issues.Changed.Take(IssuesShown)],
            Labels = fields.Labels,
            Milestones = fields.Milestones,
            Rejected = [.. issues.Rejected.Take(IssuesShown)],
            Notes = [.. fields.Notes.Concat(issues.Notes).Take(NotesShown)],
            IsListingIncomplete = listed.OpenBefore < target.OpenIssuesCount,
            // The look-up of the name, the repository, and every page twice except for the last.
            Reads = 2 + (2 * listed.PagesBefore) - 1 + fields.Reads + issues.Reads,
            Writes = fields.Writes + issues.Writes,
            WriteGap = budget.WriteGap,
            Example = issues.Example,
        };

    /// <summary>The places of the issues that would be created, by their numbers; null when the snapshot is gone.</summary>
    async Task<Dictionary<int, int>?> ToCreateAsync(string snapshotId, ListedCopies listed, CancellationToken cancellationToken)
    {
        if (await snapshots.ReadAsync(snapshotId, 0, 1, cancellationToken) is null)
        {
            return null;
        }

        var places = new Dictionary<int, int>();
        await foreach (var issue in IssuesAsync(snapshotId, cancellationToken))
        {
            if (issue.Unreadable is null && !listed.Copies.ContainsKey(issue.Number))
            {
                places.TryAdd(issue.Number, places.Count);
            }
        }

        return places;
    }

    async IAsyncEnumerable<SnapshotIssue> IssuesAsync(
        string snapshotId,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        IReadOnlyList<SnapshotIssue> slice;
        for (var from = 0; ; from += Slice)
        {
            slice = await snapshots.ReadAsync(snapshotId, from, Slice, cancellationToken) ?? [];
            foreach (var issue in slice)
            {
                yield return issue;
            }

            if (slice.Count < Slice)
            {
                yield break;
            }
        }
    }

    // Nothing has failed: the next command continues immediately.
    Failure NextStep(string fullName) =>
        new()
        {
            Kind = FailureKind.Throttled,
            Message = string.Create(CultureInfo.InvariantCulture, $"{fullName} is read in several steps of {CopyLister.MaxPages} pages."),
            RetryAt = time.GetUtcNow(),
        };

    static Failure SnapshotLost(string source) =>
        new()
        {
            Kind = FailureKind.Transient,
            Message = $"The issues of {source} that were read for this dry run are gone: Redis was emptied or has lost data.",
            Remedy = "Start the dry run again.",
        };
}
