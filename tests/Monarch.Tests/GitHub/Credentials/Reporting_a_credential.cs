using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Testing;
using Monarch.Workers.GitHub.Budgets;
using Monarch.Workers.GitHub.Credentials;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Credentials;

public sealed class Reporting_a_credential
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_go_on_whatever_the_broker_does_to_a_publish()
    {
        var token = new TokenCredential("a-token", "Monarch's token", "Replace it.");
        var store = new InMemoryCredentialStore(TimeProvider.System);
        await store.ParkAsync(token.Name, new(default, default, new Failure { Kind = FailureKind.Unauthorised, Message = "Bad credentials" }), Ct);
        // A connection that goes away in the middle of a publish cancels it.
        var (bus, state) = FailingBus.Create(new TaskCanceledException(), new ConnectionException("The broker is away"));
        var rules = new BudgetRules { Minute = TimeSpan.FromSeconds(1) };
        using var reporter = new CredentialReporter(
            new OneCredential(token), new(store, TimeProvider.System, NullLogger<CredentialParking>.Instance), new(new InMemoryBudget(rules, TimeProvider.System), TimeProvider.System, NullLogger<RequestBudget>.Instance),
            rules, bus, TimeProvider.System, NullLogger<CredentialReporter>.Instance);

        await reporter.StartAsync(Ct);
        await Until.TrueAsync(() => state.Published.Count > 0 || reporter.ExecuteTask!.IsCompleted, "it is said");

        reporter.ExecuteTask!.IsCompleted.ShouldBeFalse();
        state.Published.ShouldHaveSingleItem().ShouldBeOfType<CredentialParked>().Credential.ShouldBe(token.Name);
        await reporter.StopAsync(Ct);
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
