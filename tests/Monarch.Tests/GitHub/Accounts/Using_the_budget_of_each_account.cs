using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monarch.Contracts;
using Monarch.Sandbox;
using Monarch.Sandbox.Model;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Accounts;

public sealed class Using_the_budget_of_each_account : IAsyncLifetime
{
    static readonly RSA Key = RSA.Create(2048);

    readonly FakeTimeProvider _time = FakeTime.New();
    SandboxServer _gitHub = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _gitHub = await SandboxServer.StartAsync(
            new()
            {
                Tokens =
                [
                    new()
                    {
                        Token = "ada-1",
                        Login = "ada",
                        Id = 1,
                    },
                    new()
                    {
                        Token = "ada-2",
                        Login = "ada",
                        Id = 1,
                    },
                    new()
                    {
                        Token = "grace-1",
                        Login = "grace",
                        Id = 2,
                    },
                ],
                Apps =
                [
                    new()
                    {
                        Id = 12,
                        PublicKey = Key.ExportSubjectPublicKeyInfoPem(),
                        Installations = [new() { Id = 31, Owner = "red" }, new() { Id = 32, Owner = "blue" }],
                    },
                ],
                Repositories =
                [
                    .. Enumerable
                        .Range(0, 20)
                        .Select(n => new SeedRepository { FullName = $"{(n % 2 == 0 ? "red" : "blue")}/{n}", Id = 1_000 + n }),
                ],
            },
            _time,
            Ct
        );

    public ValueTask DisposeAsync() => _gitHub.DisposeAsync();

    [Fact]
    public async Task Should_share_one_budget_between_the_tokens_of_an_account()
    {
        await using var worker = Worker(("GH_PATS", "ada-1,ada-2,grace-1"));
        _gitHub.Limits = new() { PrimaryPerHour = 10 };

        // The account of each token takes one request.
        var (ada, grace) = (await AskUntilRefusedAsync(worker, "ada"), await AskUntilRefusedAsync(worker, "grace"));

        (ada, grace).ShouldBe((8, 9));
        _gitHub.Requests().Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_use_one_budget_per_installation_of_an_App()
    {
        await using var worker = Worker(("GH_APP_ID", "12"), ("GH_APP_PRIVATE_KEY", Key.ExportPkcs8PrivateKeyPem()));
        _gitHub.Limits = new() { PrimaryPerHour = 10 };
        foreach (var owner in (string[])["red", "blue"])
        {
            (await AskUntilRefusedAsync(worker, "monarch[bot]", owner)).ShouldBe(10);
        }

        _gitHub.Requests().Violations.ShouldBeEmpty();
        foreach (var account in (string[])["installation:31", "installation:32"])
        {
            (await worker.GetRequiredService<IBudget>().LookAsync(account, Ct)).Remaining.ShouldBe(0);
        }
    }

    async Task<int> AskUntilRefusedAsync(ServiceProvider worker, string login, string owner = "red")
    {
        var clients = worker.GetRequiredService<GitHubClients>();
        for (var asked = 0; ; asked++)
        {
            var (gitHub, id) = await FirstAsync(clients, login, owner);
            if (await Record.ExceptionAsync(() => gitHub.GetRepositoryAsync(id, Ct)) is GitHubException refused)
            {
                refused.Failure.Kind.ShouldBe(FailureKind.Throttled);
                return asked;
            }
        }
    }

    static async Task<(GitHubClient GitHub, long Id)> FirstAsync(GitHubClients clients, string login, string owner)
    {
        for (var n = owner == "red" ? 0 : 1; n < 20; n += 2)
        {
            var gitHub = await clients.ForTargetAsync(1_000 + n, $"{owner}/{n}", Ct);
            if (gitHub.Account.Login == login)
            {
                return (gitHub, 1_000 + n);
            }
        }

        throw new InvalidOperationException($"No target belongs to {login}.");
    }

    ServiceProvider Worker(params (string Key, string Value)[] settings) =>
        new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddLogging()
            .AddGitHubClient(
                new ConfigurationBuilder()
                    .AddInMemoryCollection([
                        new("GITHUB_API_URL", _gitHub.GitHubUrl.ToString()),
                        .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
                    ])
                    .Build()
            )
            .BuildServiceProvider();
}
