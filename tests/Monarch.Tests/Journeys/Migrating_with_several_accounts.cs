using System.Security.Cryptography;
using Monarch.Contracts.Migrations;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

public sealed class Migrating_with_several_accounts : JourneyTest
{
    static readonly RSA Key = RSA.Create(2048);

    readonly SandboxApp _app = new()
    {
        Id = 12,
        PublicKey = Key.ExportSubjectPublicKeyInfoPem(),
        TokenSeconds = 2,
        Installations = [new() { Id = 31, Owner = "school" }, new() { Id = 32, Owner = "red" }, new() { Id = 33, Owner = "blue" }],
    };

    protected override SandboxOptions Options =>
        new()
        {
            Apps = [_app],
            Tokens =
            [
                new()
                {
                    Token = "token-of-ada",
                    Login = "ada",
                    Id = 1,
                },
                new()
                {
                    Token = "other-of-ada",
                    Login = "ada",
                    Id = 1,
                },
                new()
                {
                    Token = "token-of-grace",
                    Login = "grace",
                    Id = 2,
                },
                new()
                {
                    Token = "token-of-alan",
                    Login = "alan",
                    Id = 3,
                },
            ],
        };

    [Fact]
    public async Task Should_keep_one_author_per_target_after_a_restart_with_reordered_tokens()
    {
        var teams = Teams(40);
        Seed(3, teams);
        await StartAsync(("GH_PAT", ""), ("GH_PATS", "token-of-ada,other-of-ada,token-of-grace,token-of-alan"));
        await MigrateAsync(teams);
        Sandbox.Seed(new() { FullName = Source, GenerateIssues = 6 });
        await RestartAsync(("GH_PAT", ""), ("GH_PATS", "token-of-alan,token-of-grace,other-of-ada,token-of-ada"));

        (await MigrateAsync(teams)).Repositories!.ShouldAllBe(team => team.Created == 3 && team.AlreadyThere == 3);

        teams
            .Select(team => Sandbox.Repository(team).Issues!.Select(issue => issue.User).Distinct().ShouldHaveSingleItem())
            .Distinct()
            .Order()
            .ShouldBe(["ada", "alan", "grace"]);
    }

    [Fact]
    public async Task Should_continue_when_one_of_two_tokens_of_an_account_is_revoked()
    {
        var teams = Teams(10);
        Seed(10, teams);
        Sandbox.Faults = new() { LatencyMilliseconds = 10 };
        await StartAsync(("GH_PAT", ""), ("GH_PATS", "token-of-ada,other-of-ada"));
        var id = await RequestAsync(teams);
        await UntilAsync(id, view => view.Repositories!.Any(team => team.Created > 0), "it is running");

        Sandbox.Faults = new() { RevokedTokens = ["token-of-ada"] };

        (await EndAsync(id)).Status.ShouldBe(BatchStatus.Completed);
        ShouldBeFilled(teams);
    }

    [Fact]
    public async Task Should_use_a_GitHub_App_where_installed_and_renew_its_tokens()
    {
        string[] teams = ["red/one", "red/two", "blue/one"];
        Seed(20, [.. teams, "green/one"]);
        Sandbox.Faults = new() { LatencyMilliseconds = 200 };
        foreach (var repository in (string[])[Source, .. teams])
        {
            Sandbox.Change(repository, new() { Private = true });
        }

        await StartAsync(("GH_PAT", ""), ("GH_APP_ID", "12"), ("GH_APP_PRIVATE_KEY", Key.ExportRSAPrivateKeyPem()));
        var view = await MigrateAsync([.. teams, "green/one"]);

        ShouldBeFilled(teams);
        teams.ShouldAllBe(team => Sandbox.Repository(team).Issues!.All(issue => issue.User == "monarch[bot]"));
        view.Repositories!.Single(team => team.Status == RepositoryStatus.Failed)
            .Failure!.Message.ShouldBe("The GitHub App is not installed at green.");
        Sandbox.Requests().ByKind["POST access_tokens"][201].ShouldBeGreaterThan(3);
        Sandbox.Requests().ByKind.Values.ShouldAllBe(statuses => !statuses.ContainsKey(401));
    }
}
