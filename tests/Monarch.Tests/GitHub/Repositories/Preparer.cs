using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Monarch.Contracts.GitHub;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Repositories;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Tests.GitHub.Repositories;

/// <summary>The real preparer and client with a model of GitHub.</summary>
static class Preparer
{
    public static (InMemoryLedger Ledger, TargetPreparer Preparer) Of(HttpMessageHandler gitHub, IBudget limits, TimeProvider time)
    {
        var http = new HttpClient(gitHub, disposeHandler: false)
        {
            BaseAddress = new("http://github/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var ledger = new InMemoryLedger(time, Options.Create(new LedgerOptions()));
        var accounts = new TokenAccounts([new(null, "", "")], new(http, time), new InMemoryCredentialStore(time), time);
        var clients = new GitHubClients(http, accounts, new RequestBudget(limits, time, NullLogger<RequestBudget>.Instance), time);
        return (
            ledger,
            new(
                clients,
                ledger,
                new(
                    new InMemorySnapshots(),
                    new InMemoryTargetFieldStore(),
                    Options.Create(new CopyDefaults()),
                    NullLogger<FieldPreparer>.Instance
                ),
                Options.Create(new GitHubOptions()),
                Options.Create(new OwnerOptions()),
                Options.Create(new LedgerOptions()),
                new(time),
                time,
                NullLogger<TargetPreparer>.Instance
            )
        );
    }

    public static PrepareTarget Command(LedgerKey key) =>
        new()
        {
            RepositoryMigrationId = Guid.Empty,
            CommandId = Guid.Empty,
            SourceRepositoryId = key.SourceRepositoryId,
            TargetRepositoryId = key.TargetRepositoryId,
            TargetFullName = $"teams/n{key.TargetRepositoryId}",
            Recreate = true,
        };

    /// <summary>Answers like the endpoint: a wait for the budget is a deferral.</summary>
    public static async Task<TargetPreparation> AnswerAsync(TargetPreparer preparer, PrepareTarget command)
    {
        try
        {
            return await preparer.PrepareAsync(command, CancellationToken.None);
        }
        catch (GitHubException e) when (e.Failure.IsSelfThrottled())
        {
            return new TargetPreparation.Deferred(e.Failure, null);
        }
    }
}
