using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>Reads the source again for a command whose snapshot is missing or incomplete.</summary>
sealed class SourceRereader(GitHubClients gitHubs, SourceReader reader, IssueComposer composer, ILogger<SourceRereader> logger)
{
    /// <returns>The answer to the command: <see cref="SnapshotReplaced"/>, or <see cref="RepositoryMigrationDeferred"/>.</returns>
    /// <exception cref="GitHubException">The source cannot be read.</exception>
    public async Task<object> ReadAsync(LostSnapshot lost, CancellationToken cancellationToken)
    {
        logger.SnapshotLost(lost.SnapshotId, lost.SourceFullName);
        try
        {
            var (gitHub, source) = await gitHubs.FindAsync(lost.SourceRepositoryId, lost.SourceFullName, cancellationToken);
            var (snapshot, notYet) = await reader.ReadAsync(gitHub, source, composer.Selected(lost.Copy), cancellationToken);
            return notYet is not null
                ? new RepositoryMigrationDeferred
                {
                    RepositoryMigrationId = lost.RepositoryMigrationId,
                    CommandId = lost.CommandId,
                    Failure = notYet,
                }
                : new SnapshotReplaced
                {
                    RepositoryMigrationId = lost.RepositoryMigrationId,
                    CommandId = lost.CommandId,
                    SnapshotId = snapshot.Id,
                    ReadAt = snapshot.ReadAt,
                    IssueCount = snapshot.IssueCount,
                    NeedsFinishing = composer.NeedsFinishing(snapshot),
                };
        }
        catch (GitHubException e) when (e.Failure.Kind == FailureKind.RefusedTarget)
        {
            // The failure is reported for the target although the source caused it, so the message names the source.
            var message = $"The source {lost.SourceFullName} could not be read again: {e.Failure.Message}";
            throw new GitHubException(e.Failure with { Message = message }, mayHaveHappened: false, e);
        }
    }
}

/// <summary>A command whose snapshot is missing or incomplete.</summary>
/// <param name="RepositoryMigrationId">The repository migration that asked.</param>
/// <param name="CommandId">The command.</param>
/// <param name="SnapshotId">The snapshot.</param>
/// <param name="SourceRepositoryId">The source, by GitHub's numeric id.</param>
/// <param name="SourceFullName">The source, <c>owner/name</c>.</param>
/// <param name="Copy">What is copied.</param>
sealed record LostSnapshot(
    Guid RepositoryMigrationId,
    Guid CommandId,
    string SnapshotId,
    long SourceRepositoryId,
    string SourceFullName,
    CopyOptions? Copy
);
