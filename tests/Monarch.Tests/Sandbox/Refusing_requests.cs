using System.Net;
using System.Net.Http.Headers;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Refusing_requests : SandboxTest
{
    protected override SandboxOptions Options =>
        new()
        {
            Tokens =
            [
                new SandboxToken
                {
                    Token = "secret",
                    Login = "teacher",
                    Id = 7,
                },
                new SandboxToken
                {
                    Token = "narrow",
                    Login = "teacher",
                    Id = 7,
                    Repositories = ["alumni/*"],
                },
                new SandboxToken
                {
                    Token = "reader",
                    Login = "reader",
                    Id = 8,
                    ReadOnly = true,
                },
            ],
            Repositories = [new SeedRepository { FullName = Repo, Issues = [new SeedIssue { Title = "One" }] }],
        };

    [Fact]
    public async Task Should_identify_the_owner_of_a_token()
    {
        var user = await Body(await Get("user"));

        ((string)user["login"]!).ShouldBe("teacher");
        ((long)user["id"]!).ShouldBe(7);
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", "reader");
        ((string)(await Body(await Get("user")))["login"]!).ShouldBe("reader");
    }

    [Fact]
    public async Task Should_answer_401_while_a_token_is_revoked()
    {
        Server.Faults = new() { RevokedTokens = ["secret"] };
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        Server.Faults = new() { RevokedTokens = ["reader"] };
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Bearer", "wrong")]
    [InlineData("Basic", "secret")]
    public async Task Should_answer_401_to_bad_credentials(string scheme, string token)
    {
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, token);

        var response = await Get($"repos/{Repo}");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Message(response)).ShouldBe("Bad credentials");
    }

    [Fact]
    public async Task Should_allow_anonymous_reads_of_public_repositories_only()
    {
        Http.DefaultRequestHeaders.Authorization = null;

        var repository = await Get($"repos/{Repo}");
        repository.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Body(repository)).AsObject().ContainsKey("permissions").ShouldBeFalse();
        var write = await CreateTitled("No");
        write.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Message(write)).ShouldBe("Requires authentication");
        (await Get("user")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        Server.Change(Repo, new RepositoryFlags { Private = true });
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await CreateTitled("No")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("narrow", false, HttpStatusCode.Forbidden, "Resource not accessible by personal access token")]
    [InlineData("narrow", true, HttpStatusCode.NotFound, "Not Found")]
    [InlineData("reader", true, HttpStatusCode.Forbidden, "Resource not accessible by personal access token")]
    public async Task Should_restrict_a_fine_grained_token_to_its_repositories(
        string token,
        bool isPrivate,
        HttpStatusCode status,
        string message
    )
    {
        Server.Change(Repo, new RepositoryFlags { Private = isPrivate });
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var response = await CreateTitled("No");

        response.StatusCode.ShouldBe(status);
        (await Message(response)).ShouldBe(message);
    }

    public static TheoryData<RepositoryFlags, HttpStatusCode, HttpStatusCode, string> Flags =>
        new()
        {
            {
                new RepositoryFlags { HasIssues = false },
                HttpStatusCode.Gone,
                HttpStatusCode.Gone,
                "Issues has been disabled in this repository."
            },
            {
                new RepositoryFlags { Archived = true },
                HttpStatusCode.OK,
                HttpStatusCode.Forbidden,
                "Repository was archived so is read-only."
            },
            {
                new RepositoryFlags { TakenDown = true },
                HttpStatusCode.UnavailableForLegalReasons,
                HttpStatusCode.UnavailableForLegalReasons,
                "Repository access blocked"
            },
            {
                new RepositoryFlags { Disabled = true },
                HttpStatusCode.Forbidden,
                HttpStatusCode.Forbidden,
                "Repository access blocked"
            },
            {
                new RepositoryFlags { IssuesWritable = false },
                HttpStatusCode.OK,
                HttpStatusCode.Forbidden,
                "Resource not accessible by personal access token"
            },
            {
                new RepositoryFlags { Missing = true },
                HttpStatusCode.NotFound,
                HttpStatusCode.NotFound,
                "Not Found"
            },
            {
                new RepositoryFlags { Private = true, Permission = "none" },
                HttpStatusCode.NotFound,
                HttpStatusCode.NotFound,
                "Not Found"
            },
        };

    [Theory]
    [MemberData(nameof(Flags))]
    public async Task Should_refuse_with_GitHub_s_message(RepositoryFlags flags, HttpStatusCode read, HttpStatusCode write, string message)
    {
        Server.Change(Repo, flags);

        (await Get($"repos/{Repo}/issues")).StatusCode.ShouldBe(read);
        (await Get($"repos/{Repo}/issues/1")).StatusCode.ShouldBe(read);
        var refused = await CreateTitled("No");
        refused.StatusCode.ShouldBe(write);
        (await Message(refused)).ShouldBe(message);
        ((string)(await Body(refused))["status"]!).ShouldBe(((int)write).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Should_require_a_user_agent()
    {
        Http.DefaultRequestHeaders.UserAgent.Clear();

        var response = await Get($"repos/{Repo}");

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync(Ct)).ShouldContain("Please make sure your request has a User-Agent header");
    }

    [Fact]
    public async Task Should_list_the_supported_versions()
    {
        Http.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "1999-01-01");

        var response = await Get($"repos/{Repo}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)(await Body(response))["errors"]!).ShouldContain("\"1999-01-01\", is not a supported version");
    }
}
