using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying.Fields;

/// <summary>
/// Creates the labels and milestones of a snapshot that a target lacks, and looks up which types and assignees it offers. What GitHub
/// refuses is recorded and does not end a migration. GitHub keeps names unique, so every request may be repeated.
/// </summary>
sealed class FieldPreparer(ISnapshots snapshots, ITargetFieldStore store, IOptions<CopyDefaults> defaults, ILogger<FieldPreparer> logger)
{
    /// <summary>Of one command; the next one lists again and continues.</summary>
    internal const int MaxWrites = 20;

    /// <returns>What every copy will lack, about the target as a whole; null when the limit of one command was reached.</returns>
    public async Task<IReadOnlyList<IssueNote>?> PrepareAsync(
        GitHubClient gitHub,
        Repository target,
        LedgerKey key,
        string? snapshotId,
        CopyOptions? options,
        CancellationToken cancellationToken
    )
    {
        var rules = defaults.Value.Rules(options);
        if (snapshotId is null || await snapshots.FindFieldsAsync(snapshotId, cancellationToken) is not { } wanted)
        {
            // The next command finds that the snapshot is missing and has the source read again.
            return [];
        }

        var writes = new Writes(MaxWrites);
        var labels = rules.Labels ? wanted.Labels : [];
        var milestones = rules.Milestones ? wanted.Milestones : [];
        var missingLabels = await CreateMissingAsync(
            labels,
            label => label.Name,
            () => gitHub.ListLabelsAsync(target.Id, cancellationToken),
            label => gitHub.CreateLabelAsync(target.Id, new(label.Name, label.Color ?? "ededed", label.Description), cancellationToken),
            (label, _) => gitHub.FindLabelAsync(target.Id, label.Name, cancellationToken),
            writes
        );
        var missingMilestones = await CreateMissingAsync(
            milestones,
            milestone => milestone.Title,
            () => gitHub.ListMilestonesAsync(target.Id, cancellationToken),
            milestone =>
                gitHub.CreateMilestoneAsync(
                    target.Id,
                    new(milestone.Title, milestone.State ?? "open", milestone.Description) { DueOn = milestone.DueOn },
                    cancellationToken
                ),
            (milestone, listed) => FindAsync(gitHub, target, milestone, listed, cancellationToken),
            writes
        );
        // Nothing may be left, but then the next command only lists.
        if (writes.AreOver)
        {
            return null;
        }

        foreach (var (name, reason) in missingLabels.Refused.Concat(missingMilestones.Refused))
        {
            logger.FieldRefused(target.FullName, name, reason);
        }

        await store.SetAsync(
            key,
            new()
            {
                SnapshotId = snapshotId,
                MissingLabels = missingLabels.Refused,
                Milestones = missingMilestones
                    .Present.DistinctBy(milestone => milestone.Title, StringComparer.OrdinalIgnoreCase)
                    .ToDictionary(milestone => milestone.Title, milestone => milestone.Number),
                MissingMilestones = missingMilestones.Refused,
                Types = await TypesAsync(gitHub, target, wanted, rules, cancellationToken),
                Assignable = await AssignableAsync(gitHub, target, wanted, rules, cancellationToken),
            },
            cancellationToken
        );
        return TargetNotes.Of(target, gitHub.Account, wanted, rules, missingLabels.Refused, missingMilestones.Refused);
    }

    /// <summary>The types of the target's organisation; none when no issue has a type that is copied.</summary>
    internal static async Task<IReadOnlyList<string>> TypesAsync(
        GitHubClient gitHub,
        Repository target,
        SnapshotFields wanted,
        CopyRules rules,
        CancellationToken cancellationToken
    ) =>
        rules.Types && wanted.Types.Count > 0
            ? [.. (await gitHub.ListIssueTypesAsync(target.FullName.Split('/')[0], cancellationToken)).Select(type => type.Name)]
            : [];

    /// <summary>Finds a milestone that exists but is not listed yet: it has a number after the listed ones.</summary>
    static async Task<Milestone?> FindAsync(
        GitHubClient gitHub,
        Repository target,
        Milestone wanted,
        IReadOnlyList<Milestone> listed,
        CancellationToken cancellationToken
    )
    {
        var number = listed.Select(milestone => milestone.Number).DefaultIfEmpty().Max() + 1;
        while (await gitHub.FindMilestoneAsync(target.Id, number, cancellationToken) is { } milestone)
        {
            if (milestone.Title.Equals(wanted.Title, StringComparison.OrdinalIgnoreCase))
            {
                return milestone;
            }

            number++;
        }

        return null;
    }

    /// <summary>The logins that the issues of the target can be assigned to, of those that are wanted.</summary>
    internal static async Task<IReadOnlyList<string>> AssignableAsync(
        GitHubClient gitHub,
        Repository target,
        SnapshotFields wanted,
        CopyRules rules,
        CancellationToken cancellationToken
    )
    {
        var assignable = new List<string>();
        foreach (var login in rules.AssigneesOf(wanted.Assignees))
        {
            if (await gitHub.IsAssignableAsync(target.Id, login, cancellationToken))
            {
                assignable.Add(login);
            }
        }

        return assignable;
    }

    /// <summary>Creates what is wanted and not listed. A name that GitHub refuses as taken is looked up: the listing may lag behind.</summary>
    /// <returns>What the target has, and the names that it lacks with GitHub's reason.</returns>
    static async Task<(IReadOnlyList<T> Present, Dictionary<string, string> Refused)> CreateMissingAsync<T>(
        IReadOnlyList<T> wanted,
        Func<T, string> nameOf,
        Func<Task<IReadOnlyList<T>>> listAsync,
        Func<T, Task<T>> createAsync,
        Func<T, IReadOnlyList<T>, Task<T?>> findAsync,
        Writes writes
    )
        where T : class
    {
        var refused = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (wanted.Count == 0)
        {
            return ([], refused);
        }

        var present = new List<T>(await listAsync());
        string? forbidden = null;
        foreach (var item in wanted.Where(item => !IsIn(present, item)).ToList())
        {
            if (forbidden is not null)
            {
                refused[nameOf(item)] = forbidden;
                continue;
            }

            if (writes.AreOver)
            {
                return (present, refused);
            }

            try
            {
                present.Add(await createAsync(item));
                writes.Count();
            }
            catch (GitHubException e) when (e.Failure.RefusesPart() || e.Failure is { Kind: FailureKind.RefusedTarget, Status: 404 })
            {
                refused[nameOf(item)] = e.Failure.Message;
                forbidden = e.Failure.Kind == FailureKind.RefusedTarget ? e.Failure.Message : null;
            }
        }

        if (refused.Count > 0)
        {
            // The listing may lag behind, so what was created remains.
            var listed = await listAsync();
            present.AddRange(listed);
            foreach (var item in wanted.Where(item => refused.ContainsKey(nameOf(item))))
            {
                if (!IsIn(present, item) && await findAsync(item, listed) is { } found)
                {
                    present.Add(found);
                }

                if (IsIn(present, item))
                {
                    refused.Remove(nameOf(item));
                }
            }
        }

        return (present, refused);

        bool IsIn(List<T> items, T item) => items.Exists(other => nameOf(other).Equals(nameOf(item), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Counts the writes of one command.</summary>
    sealed class Writes(int most)
    {
        int _count;

        public bool AreOver => _count >= most;

        public void Count() => _count++;
    }
}
