using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying.Finishing;

/// <summary>
/// Reports the copies of issues that were closed in the source since they were copied, and closes them on request, once: a copy that a person
/// opens again stays open.
/// </summary>
sealed class ClosedFinisher(GitHubClients gitHubs, ILedger ledger, ISnapshots snapshots)
{
    /// <summary>In place of what a copy was finished with.</summary>
    internal const string Closed = "closed";

    public async Task FinishAsync(FinishIssues command, IssuePlace place, CancellationToken cancellationToken)
    {
        if ((await snapshots.FindFieldsAsync(command.SnapshotId, cancellationToken))?.Closed is not { Count: > 0 } closed)
        {
            return;
        }

        var numbers = closed.Select(issue => issue.Number).ToArray();
        var copies = await ledger.GetCreatedAsync(place.Key, numbers, cancellationToken);
        var finished = copies.Count == 0 ? null : await ledger.GetFinishedAsync(place.Key, numbers, cancellationToken);
        foreach (var issue in closed.Where(issue => copies.ContainsKey(issue.Number)))
        {
            var notes = new Notes(issue.Number);
            if (command.Copy?.CloseRemoved != true)
            {
                notes.Add(NoteKind.Kept, "state", "It is closed in the source now; its copy is kept as it is.");
            }
            else if (finished!.GetValueOrDefault(issue.Number) != Closed)
            {
                await CloseAsync(command, issue, copies[issue.Number], notes, cancellationToken);
                if (notes.All.Count == 0)
                {
                    await ledger.SetFinishedAsync(place.Key, issue.Number, Closed, cancellationToken);
                }
            }

            await ledger.AddNotesAsync(place.Key, notes.All, cancellationToken);
        }
    }

    async Task CloseAsync(FinishIssues command, ClosedIssue issue, int number, Notes notes, CancellationToken cancellationToken)
    {
        var gitHub = await gitHubs.ForTargetAsync(command.TargetRepositoryId, command.TargetFullName, cancellationToken);
        try
        {
            var copy = await gitHub.GetKnownIssueAsync(command.TargetRepositoryId, number, cancellationToken);
            if (!copy.IsOpen)
            {
                return;
            }

            // GitHub sets the reason "reopened" on an issue that a person opened again.
            if (copy.StateReason is not null)
            {
                notes.Add(NoteKind.Kept, "state", "It is closed in the source now; its copy was opened again by a person and stays open.");
                return;
            }

            var change = new IssueChange { State = "closed", StateReason = issue.Reason };
            await gitHub.ChangeIssueAsync(command.TargetRepositoryId, number, change, cancellationToken);
        }
        catch (GitHubException e) when (e.IsGone) { } // There is nothing to close.
        catch (GitHubException e) when (e.Failure.RefusesPart())
        {
            notes.Add(NoteKind.Dropped, "state", $"GitHub refused to close the copy: {e.Failure.Message}");
        }
    }
}
