using System.Globalization;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
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
sealed class ClosedFinisher(GitHubClients gitHubs, ILedger ledger, ISnapshots snapshots, IOptions<SliceOptions> slice, TimeProvider time)
{
    const string Field = "state";
    const int MaxNamed = 50;

    /// <exception cref="GitHubException">
    /// Copies remain to be closed: GitHub failed, or the slice's time is over. What is done is recorded.
    /// </exception>
    public async Task FinishAsync(FinishIssues command, IssuePlace place, CancellationToken cancellationToken)
    {
        if ((await snapshots.FindFieldsAsync(command.SnapshotId, cancellationToken))?.Closed is not { Count: > 0 } closed)
        {
            return;
        }

        var copies = await ledger.GetCreatedAsync(place.Key, [.. closed.Select(issue => issue.Number)], cancellationToken);
        var done = await ledger.GetFinishedAsync(place.Key, [.. copies.Keys.Select(EntryOf)], cancellationToken);
        ClosedIssue[] open =
        [
            .. closed.Where(issue =>
                copies.TryGetValue(issue.Number, out var copy) && done.GetValueOrDefault(EntryOf(issue.Number)) != ContentOf(copy)
            ),
        ];
        if (open.Length > 0 && command.Copy?.CloseRemoved != true)
        {
            await ledger.AddNotesAsync(place.Key, [Kept([.. open.Select(issue => issue.Number)])], cancellationToken);
            return;
        }

        var began = time.GetTimestamp();
        foreach (var (index, issue) in open.Index())
        {
            if (index > 0 && time.GetElapsedTime(began) >= slice.Value.SliceTime)
            {
                throw OwnPace($"{open.Length - index} more copies are to be closed.");
            }

            if (!await CloseAsync(command, place, issue, copies[issue.Number], cancellationToken))
            {
                return;
            }
        }
    }

    /// <returns>False when GitHub refuses to close issues.</returns>
    async Task<bool> CloseAsync(
        FinishIssues command,
        IssuePlace place,
        ClosedIssue issue,
        int copyNumber,
        CancellationToken cancellationToken
    )
    {
        var gitHub = await gitHubs.ForTargetAsync(command.TargetRepositoryId, command.TargetFullName, cancellationToken);
        try
        {
            var copy = await gitHub.GetKnownIssueAsync(command.TargetRepositoryId, copyNumber, cancellationToken);
            // GitHub sets the reason "reopened" on an issue that a person opened again.
            if (copy is { IsOpen: true, StateReason: not null })
            {
                await AddNoteAsync(
                    place,
                    issue.Number,
                    NoteKind.Kept,
                    "It is closed in the source; its copy was opened again by a person and stays open."
                );
            }
            else if (copy.IsOpen)
            {
                var change = new IssueChange { State = "closed", StateReason = issue.Reason };
                await gitHub.ChangeIssueAsync(command.TargetRepositoryId, copyNumber, change, cancellationToken);
            }

            await ledger.SetFinishedAsync(place.Key, EntryOf(issue.Number), ContentOf(copyNumber), cancellationToken);
        }
        catch (GitHubException e) when (e.IsGone) { } // There is nothing to close.
        catch (GitHubException e) when (e.Failure.RefusesPart())
        {
            await AddNoteAsync(place, issue.Number, NoteKind.Dropped, $"GitHub refused to close the copy: {e.Failure.Message}");
            return false;
        }

        return true;
    }

    /// <summary>The note that issues are closed in the source while their copies stay as they are.</summary>
    public static IssueNote Kept(IReadOnlyList<int> numbers)
    {
        var named = string.Join(", ", numbers.Take(MaxNamed)) + (numbers.Count > MaxNamed ? ", ..." : "");
        return Note(0, NoteKind.Kept, $"Closed in the source now, while their copies are kept as they are: issues {named}.");
    }

    Task AddNoteAsync(IssuePlace place, int number, NoteKind kind, string message) =>
        ledger.AddNotesAsync(place.Key, [Note(number, kind, message)], CancellationToken.None);

    static IssueNote Note(int number, NoteKind kind, string message) =>
        new()
        {
            Number = number,
            Kind = kind,
            Field = Field,
            Message = message,
        };

    GitHubException OwnPace(string message) =>
        new(
            new()
            {
                Kind = FailureKind.Throttled,
                Message = message,
                RetryAt = time.GetUtcNow(),
            },
            mayHaveHappened: false
        );

    /// <summary>Where the ledger records that the copy of an issue was closed, beside the entry for what it was finished with.</summary>
    public static int EntryOf(int number) => -number;

    /// <summary>What the ledger records: the copy that was closed.</summary>
    public static string ContentOf(int copyNumber) => copyNumber.ToString(CultureInfo.InvariantCulture);
}
