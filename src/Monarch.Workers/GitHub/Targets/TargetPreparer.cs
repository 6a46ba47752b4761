using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Credentials;
using Monarch.Workers.GitHub.Ledgers;

namespace Monarch.Workers.GitHub.Targets;

/// <summary>Checks that a target takes issues, and fills the ledger with what it holds.</summary>
sealed class TargetPreparer(
    GitHubClients gitHubs,
    DeletedCopies deletedCopies,
    ILedger ledger,
    IOptions<GitHubOptions> options,
    IOptions<OwnerOptions> owners,
    TimeProvider time,
    ILogger<TargetPreparer> logger)
{
    /// <returns>The answer: <see cref="TargetPrepared"/>, <see cref="RepositoryMigrationRefused"/> or <see cref="RepositoryMigrationDeferred"/>.</returns>
    public async Task<object> PrepareAsync(PrepareTarget command, CancellationToken cancellationToken)
    {
        var pair = new LedgerKey(command.SourceRepositoryId, command.TargetRepositoryId);
        var epoch = await ledger.OpenAsync(options.Value.IntentLifetime, cancellationToken);
        if (epoch.Wait > TimeSpan.Zero)
        {
            return Closed(command, epoch);
        }

        var gitHub = await gitHubs.ForTargetAsync(pair.TargetRepositoryId, command.TargetFullName, cancellationToken);
        var repository = await gitHub.GetRepositoryAsync(pair.TargetRepositoryId, cancellationToken);
        if (Refusal(command, repository, gitHub.Account) is { } refusal)
        {
            return Refused(command, refusal);
        }

        var listing = await TargetReader.ReadAsync(gitHub, pair, cancellationToken);
        if (command.Recreate && await deletedCopies.FindAsync(gitHub, pair, listing, cancellationToken) is { Count: > 0 } deleted)
        {
            // With issues turned off, or the repository out of reach, every issue looks deleted.
            if (Refusal(command, await gitHub.GetRepositoryAsync(pair.TargetRepositoryId, cancellationToken), gitHub.Account) is { } lateRefusal)
            {
                return Refused(command, lateRefusal);
            }

            await ledger.ForgetCreatedAsync(pair, deleted, cancellationToken);
            logger.CopiesDeleted(repository.FullName, deleted.Count, command.SourceRepositoryId);
        }

        if (!await ledger.SetReadAsync(pair, epoch.Id, listing.Copies, cancellationToken))
        {
            return Closed(command, await ledger.OpenAsync(options.Value.IntentLifetime, cancellationToken));
        }

        logger.TargetPrepared(repository.FullName, listing.Copies.Count, command.SourceRepositoryId);
        return new TargetPrepared { PairId = command.PairId, CommandId = command.CommandId, TargetFullName = repository.FullName, Account = gitHub.Account.Key };
    }

    Failure? Refusal(PrepareTarget command, Repository repository, GitHubAccount account) =>
        owners.Value.Refusal(command.TargetFullName, repository.FullName) ?? TargetRules.Refusal(repository, account);

    static RepositoryMigrationRefused Refused(PrepareTarget command, Failure failure) =>
        new() { PairId = command.PairId, CommandId = command.CommandId, Failure = failure };

    RepositoryMigrationDeferred Closed(PrepareTarget command, LedgerEpoch epoch)
    {
        var opens = time.GetUtcNow() + epoch.Wait;
        return new()
        {
            PairId = command.PairId,
            CommandId = command.CommandId,
            Failure = new()
            {
                Kind = FailureKind.Transient,
                Message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"Redis is new, or was restarted or emptied, and may have forgotten something: until {opens:HH:mm:ss} UTC nothing is created, so that what was under way shows in the target before it is read."),
                RetryAt = opens,
            },
        };
    }
}
