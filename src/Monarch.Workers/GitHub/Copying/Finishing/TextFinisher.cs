using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Markdown;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying.Finishing;

/// <summary>
/// Rewrites the references to copies that did not exist when a copy was created, and closes the copy of a closed issue. A copy that was
/// edited keeps its text, and one that was reopened stays open.
/// </summary>
sealed class TextFinisher(IssueComposer composer)
{
    public async Task FinishAsync(
        GitHubClient gitHub,
        IssuePlace place,
        CopyOptions? options,
        SnapshotIssue issue,
        int number,
        IReadOnlyDictionary<int, int> copies,
        IReadOnlyList<int> tasks,
        Notes notes,
        CancellationToken cancellationToken
    )
    {
        var repositoryId = place.Key.TargetRepositoryId;
        var (copy, status) = await gitHub.FindKnownIssueAsync(repositoryId, number, cancellationToken);
        if (copy is null)
        {
            // Deleted or transferred since, unless it is 404.
            if (status == 404)
            {
                notes.Add(NoteKind.Dropped, "references", "GitHub does not find the copy, so its text was not completed.");
            }

            return;
        }

        var (_, body) = composer.Text(issue, place, composer.Rules(options), copies, tasks);
        var change = new IssueChange();
        if (!TextDigest.IsSame(copy.Body, body))
        {
            if (TextDigest.IsUnedited(copy.Title, copy.Body))
            {
                change = change with { Body = body };
            }
            else
            {
                notes.Add(
                    NoteKind.Kept,
                    "references",
                    "The copy was edited in the target, so its text is kept: references to issues that were copied later still lead to the source."
                );
            }
        }

        // GitHub sets the reason "reopened" on an issue that a person opened again.
        if (issue.IsClosed && copy is { IsOpen: true, StateReason: null })
        {
            change = change with { State = "closed", StateReason = issue.StateReason };
        }

        if (change == new IssueChange())
        {
            return;
        }

        try
        {
            await gitHub.ChangeIssueAsync(repositoryId, number, change, cancellationToken);
        }
        catch (GitHubException e)
            when (e.Failure is { Kind: FailureKind.RejectedIssue } or { Kind: FailureKind.RefusedTarget, Status: 403 })
        {
            notes.Add(
                NoteKind.Dropped,
                change.State is null ? "references" : "state",
                $"GitHub refused to change the copy: {e.Failure.Message}"
            );
        }
    }
}
