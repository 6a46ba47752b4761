using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Monarch.Contracts;
using Monarch.Sandbox;
using Monarch.Sandbox.Model;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Accounts;

/// <summary>The clients and credentials of a worker with a simulated GitHub: ada has two tokens, grace and alan have one each.</summary>
public sealed class Using_several_tokens : IAsyncLifetime
{
    const string All = "ada-1,ada-2,grace-1,alan-1";

    readonly FakeTimeProvider _time = FakeTime.New();
    readonly List<ServiceProvider> _workers = [];
    readonly InMemoryCredentialStore _store;
    readonly FakeLoggerProvider _log = new();
    SandboxServer _gitHub = null!;

    public Using_several_tokens() => _store = new(_time);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _gitHub = await SandboxServer.StartAsync(
            new()
            {
                Tokens =
                [
                    Token("ada-1"),
                    Token("ada-2"),
                    Token("grace-1"),
                    Token("alan-1"),
                    new()
                    {
                        Token = "robot",
                        Id = 9,
                        Login = "robot",
                        Repositories = ["teams/0"],
                    },
                ],
                Repositories =
                [
                    .. Enumerable
                        .Range(0, 40)
                        .Select(n => new SeedRepository
                        {
                            FullName = $"teams/{n}",
                            Id = 1_000 + n,
                            Private = true,
                        }),
                ],
            },
            _time,
            Ct
        );

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        await _gitHub.DisposeAsync();
    }

    [Fact]
    public async Task Should_keep_one_author_per_target_after_a_restart_with_reordered_tokens()
    {
        await CreateEverywhereAsync(Worker(All));
        await CreateEverywhereAsync(Worker("alan-1 grace-1 ada-2 ada-1"));

        var authors = Enumerable
            .Range(0, 40)
            .Select(n => _gitHub.Repository($"teams/{n}").Issues!.Select(issue => issue.User).Distinct().ShouldHaveSingleItem())
            .ToList();
        authors.Distinct().Order().ShouldBe(["ada", "alan", "grace"]);
    }

    [Fact]
    public async Task Should_request_the_account_of_a_token_once()
    {
        await CreateEverywhereAsync(Worker(All));
        await CreateEverywhereAsync(Worker(All));

        _gitHub.Requests().ByKind["GET user"][200].ShouldBe(4);
    }

    [Fact]
    public async Task Should_rotate_the_tokens_of_an_account()
    {
        var worker = Worker("ada-1,ada-2");
        var account = await AccountAsync(worker, 1_000);

        account.ShouldSatisfyAllConditions(
            x => x.Key.ShouldBe("user:1"),
            x => x.Login.ShouldBe("ada"),
            x => x.Rotate().First().ShouldNotBe(x.Rotate().First()),
            x => x.Rotate().Count().ShouldBe(2)
        );
    }

    [Fact]
    public async Task Should_park_only_the_revoked_token_and_continue_with_the_other()
    {
        var worker = Worker("ada-1,ada-2");
        await CreateEverywhereAsync(worker);
        _gitHub.Faults = new() { RevokedTokens = ["ada-1"] };

        await CreateEverywhereAsync(worker, secondsBetween: 1);

        _gitHub.Repositories().ShouldAllBe(repository => repository.Count == 2);
        _gitHub.Requests().ByKind["POST issues"][401].ShouldBe(2);
        (await ParkedAsync("ada-1")).ShouldNotBeNull();
        (await ParkedAsync("ada-2")).ShouldBeNull();
        _log.Lines.Single(line => line.Contains("is parked")).ShouldContain("GitHub refuses token 1 of GH_PATS since");

        // The probe of the parked token does not affect a request.
        _time.Advance(301);
        await CreateEverywhereAsync(worker);
        _gitHub.Requests().ByKind["POST issues"][401].ShouldBe(3);
        _gitHub.Faults = new();
        _time.Advance(301);
        await CreateEverywhereAsync(worker);
        (await ParkedAsync("ada-1")).ShouldBeNull();
    }

    [Fact]
    public async Task Should_defer_the_targets_of_an_account_without_another_token()
    {
        var worker = Worker(All);
        await CreateEverywhereAsync(worker);
        _gitHub.Faults = new() { RevokedTokens = ["grace-1"] };

        foreach (var replica in (ServiceProvider[])[worker, Worker(All)])
        {
            for (var n = 0; n < 40; n++)
            {
                var gitHub = await ForTargetAsync(replica, n);
                if (gitHub.Account.Login == "grace")
                {
                    var refused = await RefusedAsync(() => gitHub.CreateIssueAsync(1_000 + n, "Late", "", Ct));
                    refused.Failure.Kind.ShouldBe(FailureKind.Unauthorised);
                    refused.Failure.Remedy.ShouldBe(
                        "Replace it in GH_PATS with a valid token and restart the workers: pending work then continues automatically."
                    );
                }
            }
        }
    }

    [Fact]
    public async Task Should_skip_a_token_with_unknown_account_until_it_is_accepted()
    {
        _gitHub.Faults = new() { RevokedTokens = ["grace-1"] };
        var worker = Worker("grace-1,alan-1");
        await Should.ThrowAsync<GitHubException>(() => ForTargetAsync(worker, 0));
        _time.Advance(1);
        await CreateEverywhereAsync(worker);
        _gitHub.Repositories().ShouldAllBe(repository => repository.Count == 1);

        _gitHub.Faults = new();
        _time.Advance(301);
        await CreateEverywhereAsync(worker);
        var known = worker.GetRequiredService<IAccounts>().Known;
        known.Select(x => x.Account?.Login).ShouldBe(["grace", "alan"]);
    }

    [Fact]
    public async Task Should_wait_when_no_token_is_accepted()
    {
        _gitHub.Faults = new() { RevokedTokens = ["grace-1", "alan-1"] };

        var worker = Worker("grace-1,alan-1");
        await Should.ThrowAsync<GitHubException>(() => ForTargetAsync(worker, 0));
        _time.Advance(1);
        await Should.ThrowAsync<GitHubException>(() => ForTargetAsync(worker, 0));
        _time.Advance(1);
        var refused = await Should.ThrowAsync<GitHubException>(() => ForTargetAsync(worker, 0));

        (refused.Failure.Kind, refused.MayHaveHappened).ShouldBe((FailureKind.Unauthorised, false));
        refused.Failure.RetryAt.ShouldNotBeNull();
        (refused.ToString() + refused.Failure + string.Join('\n', _log.Lines)).ShouldNotContain("grace-1");
    }

    [Fact]
    public async Task Should_find_a_repository_with_an_account_that_has_access()
    {
        var worker = Worker("robot,ada-1");
        for (var n = 0; n < 40; n++)
        {
            var (gitHub, repository) = await Clients(worker).FindAsync($"teams/{n}", Ct);
            (repository.Id, n == 0 || gitHub.Account.Login == "ada").ShouldBe((1_000 + n, true));
        }

        (await Should.ThrowAsync<GitHubException>(() => Clients(worker).FindAsync("teams/none", Ct))).Failure.Status.ShouldBe(404);
        _gitHub.Faults = new() { RevokedTokens = ["ada-1"] };
        for (var n = 1; n < 40; n++)
        {
            // Only the refused token may have access.
            (await RefusedAsync(() => Clients(worker).FindAsync($"teams/{n}", Ct))).Failure.Kind.ShouldBe(FailureKind.Unauthorised);
        }
    }

    [Fact]
    public async Task Should_use_a_separate_account_for_a_token_that_cannot_request_its_user()
    {
        _gitHub.Script(
            new()
            {
                Path = "/user$",
                Status = 403,
                Body = """{"message":"Resource not accessible by integration"}""",
            }
        );

        (await AccountAsync(Worker("ada-1"), 1_000)).Key.ShouldBe($"token:{CredentialName.Of("ada-1")}");
    }

    static SandboxToken Token(string token)
    {
        var login = token.Split('-')[0];
        return new()
        {
            Token = token,
            Login = login,
            Id = login switch
            {
                "ada" => 1,
                "grace" => 2,
                _ => 3,
            },
        };
    }

    ServiceProvider Worker(string tokens)
    {
        var settings = new Dictionary<string, string?> { ["GITHUB_API_URL"] = _gitHub.GitHubUrl.ToString(), ["GH_PATS"] = tokens };
        var worker = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton<ICredentialStore>(_store)
            .AddLogging(logging => logging.AddProvider(_log).AddFilter("System.Net.Http", LogLevel.None))
            .AddGitHubClient(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
        _workers.Add(worker);
        return worker;
    }

    static GitHubClients Clients(ServiceProvider worker) => worker.GetRequiredService<GitHubClients>();

    static Task<GitHubClient> ForTargetAsync(ServiceProvider worker, int n) => Clients(worker).ForTargetAsync(1_000 + n, $"teams/{n}", Ct);

    static async Task<GitHubAccount> AccountAsync(ServiceProvider worker, long id) =>
        await worker.GetRequiredService<IAccounts>().OfTargetAsync(id, "teams/0", Ct);

    // Sequentially: with two requests in flight, both would be refused.
    async Task CreateEverywhereAsync(ServiceProvider worker, double secondsBetween = 0)
    {
        for (var n = 0; n < 40; n++)
        {
            await (await ForTargetAsync(worker, n)).CreateIssueAsync(1_000 + n, "A ticket", "", Ct);
            _time.Advance(secondsBetween);
        }
    }

    // The second time, in case it is the first 401 of a token.
    async Task<GitHubException> RefusedAsync(Func<Task> act)
    {
        var refusal = await Should.ThrowAsync<GitHubException>(act);
        if (refusal.Failure.Kind != FailureKind.Transient)
        {
            return refusal;
        }

        _time.Advance(1);
        return await Should.ThrowAsync<GitHubException>(act);
    }

    Task<ParkedCredential?> ParkedAsync(string token) => _store.FindAsync(CredentialName.Of(token), Ct);
}
