using System.Net;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Restricting_a_token : AppTest
{
    const string NoSuchRepository = "There is at least one repository that does not exist or is not accessible to the parent installation.";
    const string NotGranted = "The permissions requested are not granted to this installation.";

    protected override SandboxOptions Options =>
        new()
        {
            Apps =
            [
                NewApp(
                    new() { Id = 31, Owner = "school" },
                    new()
                    {
                        Id = 32,
                        Owner = "alumni",
                        Repositories = ["alumni/one"],
                        ReadOnly = true,
                    }
                ),
            ],
            Repositories =
            [
                new()
                {
                    FullName = Repo,
                    Private = true,
                    Id = 1,
                },
                new()
                {
                    FullName = "school/other",
                    Private = true,
                    Id = 2,
                },
                new()
                {
                    FullName = "alumni/one",
                    Private = true,
                    Id = 3,
                },
                new()
                {
                    FullName = "alumni/two",
                    Private = true,
                    Id = 4,
                },
            ],
        };

    [Theory]
    [InlineData("""{"repositories": ["rare"]}""")]
    [InlineData("""{"repository_ids": [1]}""")]
    public async Task Should_grant_only_the_requested_repositories(string json)
    {
        var token = await Body(await RequestTokenAsync(31, json));

        ((string)token["repository_selection"]!).ShouldBe("selected");
        token["repositories"]!.AsArray().Select(repository => (string)repository!["full_name"]!).ShouldBe([Repo]);
        Authenticate((string)token["token"]!);
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Get("repos/school/other")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await CreateTitled("Yes")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("""{"permissions": {"issues": "read"}}""", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("""{"permissions": {"metadata": "read"}}""", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("""{"permissions": {"issues": "write"}}""", HttpStatusCode.OK, HttpStatusCode.Created)]
    [InlineData("{}", HttpStatusCode.OK, HttpStatusCode.Created)]
    public async Task Should_grant_only_the_requested_permissions(string json, HttpStatusCode read, HttpStatusCode write)
    {
        var token = await Body(await RequestTokenAsync(31, json));

        var issues =
            write == HttpStatusCode.Created ? "write"
            : read == HttpStatusCode.OK ? "read"
            : null;
        ((string?)token["permissions"]!["issues"]).ShouldBe(issues);
        Authenticate((string)token["token"]!);
        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Get($"repos/{Repo}/issues")).StatusCode.ShouldBe(read);
        (await CreateTitled("One")).StatusCode.ShouldBe(write);
    }

    [Theory]
    [InlineData(31, """{"repositories": ["none-such"]}""", NoSuchRepository)]
    [InlineData(32, """{"repositories": ["two"]}""", NoSuchRepository)]
    [InlineData(31, """{"repository_ids": [4]}""", NoSuchRepository)]
    [InlineData(32, """{"permissions": {"issues": "write"}}""", NotGranted)]
    [InlineData(31, """{"permissions": {"contents": "read"}}""", NotGranted)]
    [InlineData(31, """{"repositories": "rare"}""", "Invalid request.\n\nFor 'properties/repositories', \"rare\" is not an array.")]
    [InlineData(31, """{"permissions": "read"}""", "Invalid request.\n\nFor 'properties/permissions', \"read\" is not an object.")]
    public async Task Should_refuse_what_the_installation_lacks(long installation, string json, string message)
    {
        var refused = await RequestTokenAsync(installation, json);

        (refused.StatusCode, await Message(refused)).ShouldBe((HttpStatusCode.UnprocessableEntity, message));
    }

    Task<HttpResponseMessage> RequestTokenAsync(long installation, string json)
    {
        Authenticate(Jwt());
        return Http.PostAsync($"app/installations/{installation}/access_tokens", Json(json), Ct);
    }
}
