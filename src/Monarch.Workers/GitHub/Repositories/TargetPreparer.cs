using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Clocks;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Repositories;

/// <summary>Checks that a target takes issues, and has the ledger filled with what it holds.</summary>
sealed class TargetPreparer(
    GitHubClients gitHubs,
    ILedger ledger,
    FieldPreparer fields,
    IOptions<GitHubOptions> options,
    IOptions<OwnerOptions> owners,
    IOptions<LedgerOptions> ledgerOptions,
    SharedClock clock,
    TimeProvider time,
    ILogger<TargetPreparer> logger
)
{
    public async Task<TargetPreparation> PrepareAsync(PrepareTarget command, CancellationToken cancellationToken)
    {
        var key = new LedgerKey(command.SourceRepositoryId, command.TargetRepositoryId);
        var epoch = await ledger.OpenAsync(options.Value.IntentLifetime, cancellationToken);
        if (epoch.Wait > TimeSpan.Zero)
        {
            return Closed(epoch);
        }

        var gitHub = await gitHubs.ForTargetAsync(key.TargetRepositoryId, command.TargetFullName, cancellationToken);
        var repository = await gitHub.GetRepositoryAsync(key.TargetRepositoryId, cancellationToken);
        if (Refusal(command, repository) is { } refusal)
        {
            return new TargetPreparation.Refused(refusal);
        }

        var reading = new TargetReading(gitHub, ledger, key, epoch.Id, command.Place);
        Failure? lateRefusal = null;
        IReadOnlyList<IssueNote> notes;
        try
        {
            if (!await reading.ReadAsync(command.Recreate, TakesIssuesAsync, cancellationToken))
            {
                return lateRefusal is not null
                    ? new TargetPreparation.Refused(lateRefusal)
                    : new TargetPreparation.Deferred(
                        NextStep(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{repository.FullName} is read in several steps; this one came to issue {reading.Place!.Through}."
                            )
                        ),
                        reading.Place
                    );
            }

            if (await DoubtAsync(gitHub, repository, reading, cancellationToken) is var (doubt, notYet))
            {
                return new TargetPreparation.Deferred(notYet, reading.FromTheBeginning(doubt));
            }

            if (await fields.PrepareAsync(gitHub, repository, key, command.SnapshotId, command.Copy, cancellationToken) is not { } prepared)
            {
                return new TargetPreparation.Deferred(
                    NextStep($"{repository.FullName} gets its labels and milestones in several steps."),
                    reading.Place
                );
            }

            notes = prepared;
        }
        catch (GitHubException e) when (e.Failure.IsSelfThrottled())
        {
            logger.CommandPaced(nameof(PrepareTarget), e.Failure.RetryAt, e.Failure.Message);
            return new TargetPreparation.Deferred(e.Failure, reading.Place);
        }
        finally
        {
            if (reading.Deleted > 0)
            {
                logger.CopiesDeleted(repository.FullName, reading.Deleted, command.SourceRepositoryId);
            }
        }

        if (!await ledger.SetReadAsync(key, epoch.Id, new Dictionary<int, int>(), cancellationToken))
        {
            return Closed(await ledger.OpenAsync(options.Value.IntentLifetime, cancellationToken));
        }

        logger.TargetPrepared(repository.FullName, reading.Place?.Copies ?? 0, command.SourceRepositoryId);
        // What GitHub refused to create is logged already.
        foreach (var note in TargetNotes.LacksPushAccess(repository, gitHub.Account) ? notes : [])
        {
            logger.TargetLacks(repository.FullName, note.Field, note.Message);
        }

        return new TargetPreparation.Prepared(repository.FullName, gitHub.Account.Key, notes);

        async Task<bool> TakesIssuesAsync()
        {
            lateRefusal = Refusal(command, await gitHub.GetRepositoryAsync(key.TargetRepositoryId, cancellationToken));
            return lateRefusal is null;
        }
    }

    /// <summary>Null when the listing is believed. It lacks nothing when GitHub, asked once more, counts no more than it holds.</summary>
    async Task<(UnconfirmedListing Doubt, Failure NotYet)?> DoubtAsync(
        GitHubClient gitHub,
        Repository repository,
        TargetReading reading,
        CancellationToken cancellationToken
    )
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

    // Nothing has failed: the next command continues immediately.
    Failure NextStep(string message) =>
        new()
        {
            Kind = FailureKind.Throttled,
            Message = message,
            RetryAt = time.GetUtcNow(),
        };

    TargetPreparation.Deferred Closed(LedgerEpoch epoch)
    {
        var opens = time.GetUtcNow() + epoch.Wait;
        return new(
            new()
            {
                Kind = FailureKind.Transient,
                Message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{epoch.Cause}: nothing is created until {opens:HH:mm:ss} UTC, so that what another process may have under way shows in the target before it is read."
                ),
                RetryAt = opens,
            },
            Place: null
        );
    }
}

/// <summary>The outcome of preparing a target, or of one step of it.</summary>
abstract record TargetPreparation
{
    TargetPreparation() { }

    /// <summary>The ledger holds what the target holds.</summary>
    internal sealed record Prepared(string FullName, string Account, IReadOnlyList<IssueNote> Notes) : TargetPreparation;

    /// <summary>The target takes no issues.</summary>
    internal sealed record Refused(Failure Failure) : TargetPreparation;

    /// <summary>The saga waits and sends the command again, with the place that was reached; null to begin again.</summary>
    internal sealed record Deferred(Failure Failure, TargetPlace? Place) : TargetPreparation;
}
