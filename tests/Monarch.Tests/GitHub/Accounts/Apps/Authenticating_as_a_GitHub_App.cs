using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Monarch.Contracts;
using Monarch.Sandbox;
using Monarch.Sandbox.Model;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Accounts.Apps;

/// <summary>The clients of a worker as a GitHub App, with a simulated GitHub where the App is installed at two owners.</summary>
public sealed class Authenticating_as_a_GitHub_App : IAsyncLifetime
{
    const long Red = 1_001;
    const long Blue = 1_002;

    static readonly RSA Key = RSA.Create(2048);

    readonly FakeTimeProvider _time = FakeTime.New();
    readonly FakeTimeProvider _gitHubTime = FakeTime.New();
    readonly FakeLoggerProvider _log = new();
    readonly SandboxApp _app = new()
    {
        Id = 12,
        PublicKey = Key.ExportSubjectPublicKeyInfoPem(),
        Installations = [new() { Id = 31, Owner = "red" }, new() { Id = 32, Owner = "blue" }],
    };

    SandboxServer _gitHub = null!;
    ServiceProvider _worker = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    long TokensGiven => _gitHub.Requests().ByKind.GetValueOrDefault("POST access_tokens")?.GetValueOrDefault(201) ?? 0;

    public async ValueTask InitializeAsync()
    {
        _gitHub = await SandboxServer.StartAsync(
            new()
            {
                Apps = [_app],
                Repositories =
                [
                    new()
                    {
                        FullName = "red/team",
                        Id = Red,
                        Private = true,
                    },
                    new()
                    {
                        FullName = "blue/team",
                        Id = Blue,
                        Private = true,
                    },
                    new()
                    {
                        FullName = "green/team",
                        Id = 1_003,
                        Private = true,
                    },
                ],
            },
            _gitHubTime,
            Ct
        );
        _worker = Worker(Key);
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _gitHub.DisposeAsync();
    }

    [Fact]
    public async Task Should_use_a_separate_account_for_each_owner()
    {
        await CreateAsync("red/team");
        await CreateAsync("blue/team");
        await CreateAsync("RED/team");

        (await ForTargetAsync("red/team")).Account.ShouldSatisfyAllConditions(
            account => account.Key.ShouldBe("installation:31"),
            account => account.Login.ShouldBe("monarch[bot]")
        );
        (await ForTargetAsync("blue/team")).Account.Key.ShouldBe("installation:32");
        foreach (var (team, count) in ((string, int)[])[("red/team", 2), ("blue/team", 1)])
        {
            _gitHub.Repository(team).Issues!.Select(issue => issue.User).ShouldBe(Enumerable.Repeat("monarch[bot]", count));
        }

        TokensGiven.ShouldBe(2);
    }

    [Fact]
    public async Task Should_find_a_source_as_the_installation_at_its_owner()
    {
        var (gitHub, repository) = await Clients.FindAsync("blue/team", Ct);

        (gitHub.Account.Key, repository.Id).ShouldBe(("installation:32", Blue));
    }

    [Fact]
    public async Task Should_renew_a_token_five_minutes_before_it_expires()
    {
        await CreateAsync("red/team");
        Pass(3_299);
        await CreateAsync("red/team");
        TokensGiven.ShouldBe(1);

        Pass(1);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CreateAsync("red/team")));
        TokensGiven.ShouldBe(2);
        Pass(7_200);
        await CreateAsync("red/team");
        TokensGiven.ShouldBe(3);
        Statuses("POST issues").ShouldBe([201]);
    }

    [Fact]
    public async Task Should_renew_a_refused_token_once()
    {
        await CreateAsync("red/team");
        _gitHub.RevokeInstallationTokens();

        await CreateAsync("red/team");

        TokensGiven.ShouldBe(2);
        _gitHub.Repository("red/team").Count.ShouldBe(2);
        _log.Lines.ShouldNotContain(line => line.Contains("parked"));
    }

    [Fact]
    public async Task Should_park_only_the_installation_whose_new_token_is_refused()
    {
        await CreateAsync("blue/team");
        _gitHub.Script(
            new()
            {
                Path = $"/repositories/{Red}/issues$",
                Count = 4,
                Status = 401,
                Body = """{"message":"Bad credentials"}""",
            }
        );

        (await Should.ThrowAsync<GitHubException>(() => CreateAsync("red/team"))).Failure.Kind.ShouldBe(FailureKind.Transient);
        Pass(1);
        var refused = (await Should.ThrowAsync<GitHubException>(() => CreateAsync("red/team"))).Failure;
        await Should.ThrowAsync<GitHubException>(() => CreateAsync("red/team"));
        await CreateAsync("blue/team");

        refused.Kind.ShouldBe(FailureKind.Unauthorised);
        refused.Message.ShouldStartWith("GitHub refuses the GitHub App's installation at red since");
        (_gitHub.Repository("red/team").Count, _gitHub.Repository("blue/team").Count).ShouldBe((0, 2));
        _gitHub.Requests().ByKind["POST issues"][401].ShouldBe(4);
    }

    [Fact]
    public async Task Should_wait_for_a_valid_key_after_GitHub_refused_the_key()
    {
        using var other = RSA.Create(2048);
        await using var worker = Worker(other);

        await Should.ThrowAsync<GitHubException>(() => ForTargetAsync("red/team", worker));
        Pass(1);
        var refused = (await Should.ThrowAsync<GitHubException>(() => ForTargetAsync("red/team", worker))).Failure;
        await Should.ThrowAsync<GitHubException>(() => ForTargetAsync("blue/team", worker));

        (refused.Kind, refused.Message).ShouldBe(
            (
                FailureKind.Unauthorised,
                "GitHub refuses the GitHub App 12 since 2026-03-10 09:00:01 UTC: A JSON web token could not be decoded"
            )
        );
        refused.Remedy!.ShouldContain("GH_APP_PRIVATE_KEY");
        _gitHub.Requests().Total.ShouldBe(2);
        await CreateAsync("red/team");
    }

    [Theory]
    [InlineData(-3_600)]
    [InlineData(3_600)]
    public async Task Should_adjust_to_GitHubs_clock(double seconds)
    {
        _time.Advance(3_600 + seconds);

        await CreateAsync("red/team");
        Pass(3_400);
        await CreateAsync("red/team");

        TokensGiven.ShouldBe(2);
        Statuses("GET installation").ShouldBe(seconds + 3_600 == 0 ? [200] : [200, 401], ignoreOrder: true);
    }

    [Fact]
    public async Task Should_refuse_an_owner_until_the_App_is_installed()
    {
        var refused = (await Should.ThrowAsync<GitHubException>(() => CreateAsync("green/team"))).Failure;
        (refused.Kind, refused.Message).ShouldBe((FailureKind.RefusedTarget, "The GitHub App is not installed at green."));
        refused.Remedy!.ShouldStartWith("Install it at green");

        _app.Installations.Add(new() { Id = 33, Owner = "green" });
        await CreateAsync("green/team");
    }

    [Fact]
    public async Task Should_find_a_new_installation()
    {
        await CreateAsync("red/team");
        _app.Installations[0] = new() { Id = 41, Owner = "red" };

        await Should.ThrowAsync<GitHubException>(() => CreateAsync("red/team"));
        await CreateAsync("red/team");

        (await ForTargetAsync("red/team")).Account.Key.ShouldBe("installation:41");
    }

    [Fact]
    public async Task Should_refuse_an_owner_that_has_suspended_the_installation()
    {
        _app.Installations[0].Suspended = true;

        var refused = (await Should.ThrowAsync<GitHubException>(() => CreateAsync("red/team"))).Failure;

        (refused.Kind, refused.Message).ShouldBe(
            (FailureKind.RefusedTarget, "The GitHub App may not act at red: This installation has been suspended")
        );
        await CreateAsync("blue/team");
        _app.Installations[0].Suspended = false;
        await CreateAsync("red/team");
    }

    [Fact]
    public async Task Should_refuse_a_target_without_write_permission_but_read_a_source()
    {
        _app.Installations[0].ReadOnly = true;

        var refused = (await Should.ThrowAsync<GitHubException>(() => CreateAsync("red/team"))).Failure;

        (refused.Kind, refused.Message).ShouldBe(
            (FailureKind.RefusedTarget, "The GitHub App may not write issues in the repositories of red.")
        );
        refused.Remedy!.ShouldContain("Issues: read and write");
        (await Clients.FindAsync("red/team", Ct)).Repository.Id.ShouldBe(Red);
        _app.Installations[0].ReadOnly = false;
        await CreateAsync("red/team");
    }

    [Fact]
    public async Task Should_wait_without_doubt_when_GitHub_is_down()
    {
        _gitHub.Faults.Outage = true;

        var refused = await Should.ThrowAsync<GitHubException>(() => CreateAsync("red/team"));
        (refused.Failure.Kind, refused.MayHaveHappened).ShouldBe((FailureKind.Transient, false));

        _gitHub.Faults.Outage = false;
        await CreateAsync("red/team");
    }

    [Fact]
    public async Task Should_keep_its_key_and_its_tokens_out_of_the_logs()
    {
        await CreateAsync("red/team");
        _gitHub.RevokeInstallationTokens();
        await CreateAsync("red/team");

        _log.Lines.ShouldContain(line => line.Contains("access_tokens"));
        var all = string.Join('\n', _log.Lines);
        all.ShouldNotContain("ghs_");
        all.ShouldNotContain("eyJ");
        all.ShouldNotContain(Key.ExportRSAPrivateKeyPem()[100..140]);
    }

    GitHubClients Clients => _worker.GetRequiredService<GitHubClients>();

    void Pass(double seconds)
    {
        _time.Advance(seconds);
        _gitHubTime.Advance(seconds);
    }

    IEnumerable<int> Statuses(string kind) => _gitHub.Requests().ByKind[kind].Keys;

    async Task<GitHubClient> ForTargetAsync(string fullName, ServiceProvider? worker = null) =>
        await (worker ?? _worker).GetRequiredService<GitHubClients>().ForTargetAsync(_gitHub.Repository(fullName).Id, fullName, Ct);

    async Task CreateAsync(string fullName) =>
        await (await ForTargetAsync(fullName)).CreateIssueAsync(_gitHub.Repository(fullName).Id, "A ticket", "", Ct);

    ServiceProvider Worker(RSA key)
    {
        var settings = new Dictionary<string, string?>
        {
            ["GITHUB_API_URL"] = _gitHub.GitHubUrl.ToString(),
            ["GH_APP_ID"] = "12",
            ["GH_APP_PRIVATE_KEY"] = key.ExportRSAPrivateKeyPem(),
        };
        return new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddLogging(logging => logging.AddProvider(_log).SetMinimumLevel(LogLevel.Trace))
            .AddGitHubClient(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
    }
}
