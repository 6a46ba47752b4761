using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Workers.Clocks;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Endpoints;
using Monarch.Workers.GitHub.Ledgers;

namespace Monarch.Workers.GitHub.Targets;

/// <summary>Checks that a target takes issues, and has the ledger filled with what it holds.</summary>
sealed class TargetPreparer(
    GitHubClients gitHubs,
    ILedger ledger,
    IOptions<GitHubOptions> options,
    IOptions<OwnerOptions> owners,
    IOptions<LedgerOptions> ledgerOptions,
    SharedClock clock,
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
        if (Refusal(command, repository) is { } refusal)
        {
            return Refused(command, refusal);
        }

        var reading = new TargetReading(gitHub, ledger, pair, epoch.Id, command.Place);
        Failure? lateRefusal = null;
        try
        {
            if (!await reading.ReadAsync(command.Recreate, TakesIssuesAsync, cancellationToken))
            {
                return lateRefusal is not null
                    ? Refused(command, lateRefusal)
                    : Deferred(command, GoesOn(repository, reading.Place!), reading.Place);
            }

            if (await DoubtAsync(gitHub, repository, reading, cancellationToken) is var (doubt, notYet))
            {
                return Deferred(command, notYet, reading.FromTheBeginning(doubt));
            }
        }
        catch (GitHubException e) when (e.Failure.IsSelfThrottled())
        {
            logger.CommandPaced(nameof(PrepareTarget), e.Failure.RetryAt, e.Failure.Message);
            return Deferred(command, e.Failure, reading.Place);
        }
        finally
        {
            if (reading.Deleted > 0)
            {
                logger.CopiesDeleted(repository.FullName, reading.Deleted, command.SourceRepositoryId);
            }
        }

        if (!await ledger.SetReadAsync(pair, epoch.Id, new Dictionary<int, int>(), cancellationToken))
        {
            return Closed(command, await ledger.OpenAsync(options.Value.IntentLifetime, cancellationToken));
        }

        logger.TargetPrepared(repository.FullName, reading.Place?.Copies ?? 0, command.SourceRepositoryId);
        return new TargetPrepared { RepositoryMigrationId = command.RepositoryMigrationId, CommandId = command.CommandId, TargetFullName = repository.FullName, Account = gitHub.Account.Key };

        async Task<bool> TakesIssuesAsync()
        {
            lateRefusal = Refusal(command, await gitHub.GetRepositoryAsync(pair.TargetRepositoryId, cancellationToken));
            return lateRefusal is null;
        }
    }

    /// <summary>Null when the listing is believed. It lacks nothing when GitHub, asked once more, counts no more than it holds.</summary>
    async Task<(UnconfirmedListing Doubt, Failure NotYet)?> DoubtAsync(
        GitHubClient gitHub, Repository repository, TargetReading reading, CancellationToken cancellationToken)
    {
        if (reading.Open < repository.OpenIssuesCount)
        {
            repository = await gitHub.GetRepositoryAsync(repository.Id, cancellationToken);
        }

        if (await reading.DoubtAsync(repository.OpenIssuesCount, clock.UtcNow, cancellationToken) is not { } doubt)
        {
            return null;
        }

        if (doubt.IsOver(clock.UtcNow, ledgerOptions.Value.Settle))
        {
            logger.ListingBelieved(repository.FullName, reading.Open, doubt.Counted, doubt.Times);
            return null;
        }

        var notYet = doubt.NotYet(repository.FullName, reading.Open, ledgerOptions.Value.Settle, time.GetUtcNow());
        logger.ListingDoubted(repository.FullName, notYet.Message);
        return (doubt, notYet);
    }

    Failure? Refusal(PrepareTarget command, Repository repository) =>
        owners.Value.Refusal(command.TargetFullName, repository.FullName) ?? TargetRules.Refusal(repository);

    static RepositoryMigrationRefused Refused(PrepareTarget command, Failure failure) =>
        new() { RepositoryMigrationId = command.RepositoryMigrationId, CommandId = command.CommandId, Failure = failure };

    static RepositoryMigrationDeferred Deferred(PrepareTarget command, Failure failure, TargetPlace? place) =>
        new() { RepositoryMigrationId = command.RepositoryMigrationId, CommandId = command.CommandId, Failure = failure, Place = place };

    // Nothing has failed: it is the next command's turn at once.
    Failure GoesOn(Repository repository, TargetPlace place) => new()
    {
        Kind = FailureKind.Throttled,
        Message = string.Create(
            CultureInfo.InvariantCulture, $"{repository.FullName} is read in several steps; this one came to issue {place.Through}."),
        RetryAt = time.GetUtcNow(),
    };

    RepositoryMigrationDeferred Closed(PrepareTarget command, LedgerEpoch epoch)
    {
        var opens = time.GetUtcNow() + epoch.Wait;
        return Deferred(
            command,
            new()
            {
                Kind = FailureKind.Transient,
                Message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{epoch.Cause}: nothing is created until {opens:HH:mm:ss} UTC, so that what another process may have under way shows in the target before it is read."),
                RetryAt = opens,
            },
            place: null);
    }
}
