using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Authenticating_as_an_App : AppTest
{
    static readonly RSA OtherKey = RSA.Create(2048);

    readonly SandboxInstallation _school = new() { Id = 31, Owner = "school" };
    readonly SandboxInstallation _alumni = new()
    {
        Id = 32,
        Owner = "Alumni",
        Repositories = ["alumni/one"],
    };

    protected override SandboxOptions Options =>
        new()
        {
            Apps = [NewApp(_school, _alumni)],
            Repositories =
            [
                new() { FullName = Repo, Private = true },
                new() { FullName = "alumni/one", Private = true },
                new() { FullName = "alumni/two", Private = true },
                new() { FullName = "alumni/three" },
            ],
        };

    [Fact]
    public async Task Should_describe_the_App_and_its_installations()
    {
        Authenticate(Jwt());

        ((long)(await Body(await Get("app")))["id"]!).ShouldBe(12);
        var installation = await Body(await Get("users/SCHOOL/installation"));
        ((long)installation["id"]!, (string)installation["account"]!["login"]!).ShouldBe((31, "school"));
        ((string)installation["permissions"]!["issues"]!, (string)installation["repository_selection"]!).ShouldBe(("write", "all"));
        ((long)(await Body(await Get("repos/alumni/one/installation")))["id"]!).ShouldBe(32);
        (await Body(await Get("app/installations"))).AsArray().Select(x => (long)x!["id"]!).ShouldBe([31, 32]);
        ((string)(await Body(await Get("app/installations/32")))["account"]!["login"]!).ShouldBe("Alumni");
        foreach (
            var path in (string[])
                ["users/unknown/installation", "repos/alumni/two/installation", "repos/school/none/installation", "app/installations/33"]
        )
        {
            (await Get(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    [Theory]
    [InlineData(-60, 540, null)]
    [InlineData(0, 600, null)]
    [InlineData(-60, 601, "'Expiration time' claim ('exp') is too far in the future")]
    [InlineData(
        -600,
        0,
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
    )]
    [InlineData(5, 540, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued")]
    public async Task Should_accept_a_JWT_for_at_most_ten_minutes(int issued, int expires, string? refusal)
    {
        Authenticate(
            Jwt(
                Key,
                "RS256",
                new()
                {
                    ["iat"] = Now + issued,
                    ["exp"] = Now + expires,
                    ["iss"] = "12",
                }
            )
        );

        var answer = await Get("app");

        answer.StatusCode.ShouldBe(refusal is null ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        if (refusal is not null)
        {
            (await Message(answer)).ShouldBe(refusal);
        }
    }

    [Fact]
    public async Task Should_reject_a_JWT_with_another_signature()
    {
        JsonObject claims = new()
        {
            ["iat"] = Now,
            ["exp"] = Now + 60,
            ["iss"] = 12,
        };
        foreach (var bad in (string[])["secret", "a.b.c", Jwt(OtherKey, "RS256", claims), Jwt(Key, "none", claims), Jwt() + "x"])
        {
            Authenticate(bad);
            var answer = await Get("app");
            (answer.StatusCode, await Message(answer)).ShouldBe(
                (HttpStatusCode.Unauthorized, "A JSON web token could not be decoded"),
                bad
            );
        }

        Authenticate(
            Jwt(
                Key,
                "RS256",
                new()
                {
                    ["iat"] = Now,
                    ["exp"] = Now + 60,
                    ["iss"] = 13,
                }
            )
        );
        var unknown = await Get("app");
        (unknown.StatusCode, await Message(unknown)).ShouldBe((HttpStatusCode.NotFound, "Integration not found"));
    }

    [Fact]
    public async Task Should_limit_an_installation_to_its_owner_s_repositories()
    {
        Authenticate(await TokenAsync(31));
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Get("repos/alumni/one")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get("repos/alumni/three")).StatusCode.ShouldBe(HttpStatusCode.OK, "every token can read a public repository");
        await ShouldNotBeAccessibleAsync(await CreateTitled("No", "alumni/three"));
        await ShouldNotBeAccessibleAsync(await Get("user"));

        Authenticate(await TokenAsync(32));
        (await Get("repos/alumni/one")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Get("repos/alumni/two")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "the repository is not selected");
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_be_the_author_without_push_permission()
    {
        Authenticate(await TokenAsync(31));

        (await CreateTitled("By the App")).StatusCode.ShouldBe(HttpStatusCode.Created);

        Server.Repository(Repo).Issues!.ShouldHaveSingleItem().User.ShouldBe("monarch[bot]");
        var user = (await Body(await Get($"repos/{Repo}/issues/1")))["user"]!;
        ((string)user["login"]!, (string)user["type"]!).ShouldBe(("monarch[bot]", "Bot"));
        ((string)user["url"]!).ShouldBe($"{Server.GitHubUrl}users/monarch%5Bbot%5D");
        ((string)user["html_url"]!).ShouldBe("https://github.com/apps/monarch");
        user.AsObject().Where(x => x.Key.EndsWith("url", StringComparison.Ordinal)).ShouldAllBe(x => !((string)x.Value!).Contains('['));
        ((bool)(await Body(await Get($"repos/{Repo}")))["permissions"]!["push"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_require_the_permission_to_write_issues()
    {
        _school.ReadOnly = true;
        Authenticate(await TokenAsync(31));

        await ShouldNotBeAccessibleAsync(await CreateTitled("No"));
        (await Get($"repos/{Repo}/issues")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_expire_an_installation_token_after_an_hour()
    {
        var token = await TokenAsync(31);
        Authenticate(token);
        Time.Advance(3_599);
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        Time.Advance(1);
        await ShouldBeUnauthorizedAsync();

        Authenticate(await TokenAsync(31));
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        Server.RevokeInstallationTokens();
        await ShouldBeUnauthorizedAsync();
        Authenticate("ghs_made_up");
        await ShouldBeUnauthorizedAsync();
    }

    [Fact]
    public async Task Should_issue_no_token_while_suspended()
    {
        Authenticate(await TokenAsync(31));
        _school.Suspended = true;
        await ShouldBeUnauthorizedAsync();

        Authenticate(Jwt());
        var refused = await Http.PostAsync("app/installations/31/access_tokens", null, Ct);
        (refused.StatusCode, await Message(refused)).ShouldBe((HttpStatusCode.Forbidden, "This installation has been suspended"));
        (await Http.PostAsync("app/installations/33/access_tokens", null, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_page_the_list_of_installations()
    {
        Authenticate(Jwt());

        var first = await Get("app/installations?per_page=1");

        (await Body(first)).AsArray().Count.ShouldBe(1);
        Header(first, "Link")!.ShouldContain("app/installations?per_page=1&page=2>; rel=\"next\"");
        ((long)(await Body(await Get("app/installations?per_page=1&page=2")))[0]!["id"]!).ShouldBe(32);
    }

    [Fact]
    public async Task Should_count_the_limits_of_each_installation_separately()
    {
        var (school, alumni) = (await TokenAsync(31), await TokenAsync(32));
        Server.Limits = new() { PrimaryPerHour = 1 };
        Authenticate(school);
        await Get($"repos/{Repo}");
        (await Message(await Get($"repos/{Repo}"))).ShouldStartWith("API rate limit exceeded for installation ID 31.");

        Authenticate(alumni);
        (await Get("repos/alumni/one")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    async Task ShouldNotBeAccessibleAsync(HttpResponseMessage answer) =>
        (answer.StatusCode, await Message(answer)).ShouldBe((HttpStatusCode.Forbidden, "Resource not accessible by integration"));

    async Task ShouldBeUnauthorizedAsync()
    {
        var answer = await Get($"repos/{Repo}");
        (answer.StatusCode, await Message(answer)).ShouldBe((HttpStatusCode.Unauthorized, "Bad credentials"));
    }

    async Task<string> TokenAsync(long installation)
    {
        Authenticate(Jwt());
        var answer = await Http.PostAsync($"app/installations/{installation}/access_tokens", null, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (string)(await Body(answer))["token"]!;
    }
}
