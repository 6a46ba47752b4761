using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Testing;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Accounts;

public sealed class Reporting_a_credential
{
    static readonly TokenCredential Token = new("a-token", "Monarch's token", "Replace it.");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_continue_after_failed_publishes()
    {
        // A connection that is lost during a publish cancels it.
        var (bus, state) = FailingBus.Create(new TaskCanceledException(), new ConnectionException("The broker is unavailable"));
        using var reporter = await ReporterAsync(bus);

        await reporter.StartAsync(Ct);
        await Until.TrueAsync(() => state.Published.Count > 0 || reporter.ExecuteTask!.IsCompleted, "the report is published");

        reporter.ExecuteTask!.IsCompleted.ShouldBeFalse();
        state.Published.ShouldHaveSingleItem().ShouldBeOfType<CredentialParked>().Credential.ShouldBe(Token.Name);
        await reporter.StopAsync(Ct);
    }

    [Fact]
    public async Task Should_end_without_a_failure_when_the_bus_is_stopped_first()
    {
        var (bus, state) = FailingBus.Create(new InvalidOperationException("The transport is stopped"));
        using var reporter = await ReporterAsync(bus);
        // The bus is registered last, and stopped first.
        state.Publishing = () => _ = reporter.StopAsync(Ct);

        await reporter.StartAsync(Ct);
        await Until.TrueAsync(() => reporter.ExecuteTask!.IsCompleted, "the reporter has ended");

        reporter.ExecuteTask!.IsFaulted.ShouldBeFalse(reporter.ExecuteTask.Exception?.ToString());
    }

    static async Task<CredentialReporter> ReporterAsync(IBusControl bus)
    {
        var store = new InMemoryCredentialStore(TimeProvider.System);
        await store.ParkAsync(
            Token.Name,
            new(default, default, new Failure { Kind = FailureKind.Unauthorised, Message = "Bad credentials" }),
            Ct
        );
        var rules = new BudgetRules { Minute = TimeSpan.FromSeconds(1) };
        return new(
            new OneCredential(Token),
            new(store, TimeProvider.System, NullLogger<CredentialParking>.Instance),
            new(new InMemoryBudget(rules, TimeProvider.System), TimeProvider.System, NullLogger<RequestBudget>.Instance),
            rules,
            bus,
            TimeProvider.System,
            NullLogger<CredentialReporter>.Instance
        );
    }

    sealed class OneCredential(Credential credential) : IAccounts
    {
        public IReadOnlyList<(Credential Credential, GitHubAccount? Account)> Known => [(credential, null)];

        public ValueTask<GitHubAccount> OfTargetAsync(long repositoryId, string fullName, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<GitHubAccount>> OfReadersAsync(string fullName, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
