using System.Net;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Assigning_issues : SandboxTest
{
    protected override SandboxOptions Options =>
        new()
        {
            Repositories =
            [
                new() { FullName = Repo, Assignees = ["ada", "grace", "alan"] },
                new() { FullName = "alumni/open", Issues = [new() { Title = "1", User = "edsger" }] },
            ],
        };

    [Theory]
    [InlineData(Repo, "", "ada grace alan")]
    [InlineData(Repo, "?per_page=2&page=2", "alan")]
    [InlineData("alumni/open", "", "ada alan alumni edsger grace monarch-bot octocat school")]
    public async Task Should_list_who_can_be_assigned(string repository, string query, string logins)
    {
        var assignees = await BodyOf(await Get($"repos/{repository}/assignees{query}"), HttpStatusCode.OK);

        string.Join(' ', Texts(assignees, "login")).ShouldBe(logins);
    }

    [Theory]
    [InlineData(Repo, "ada", HttpStatusCode.NoContent)]
    [InlineData(Repo, "ADA", HttpStatusCode.NoContent)]
    [InlineData(Repo, "edsger", HttpStatusCode.NotFound)]
    [InlineData("alumni/open", "edsger", HttpStatusCode.NoContent)]
    [InlineData("alumni/open", "unknown", HttpStatusCode.NotFound)]
    public async Task Should_check_a_login(string repository, string login, HttpStatusCode status) =>
        (await Get($"repos/{repository}/assignees/{login}")).StatusCode.ShouldBe(status);
}
