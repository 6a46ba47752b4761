using System.Net;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Filtering_a_listing : SandboxTest
{
    static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    protected override SandboxOptions Options =>
        new()
        {
            Repositories =
            [
                new()
                {
                    FullName = Repo,
                    Issues =
                    [
                        new()
                        {
                            Title = "1",
                            User = "ada",
                            Labels = ["bug", "API"],
                            Assignees = ["grace"],
                            Milestone = "M1",
                            CreatedAt = Start,
                        },
                        new()
                        {
                            Title = "2",
                            User = "grace",
                            Labels = ["bug"],
                            Milestone = "M2",
                            CreatedAt = Start.AddDays(1),
                            Body = "Ask @Ada, please",
                        },
                        new()
                        {
                            Title = "3",
                            User = null,
                            CreatedAt = Start.AddDays(2),
                            Body = "mail ada@adams.example",
                        },
                        new()
                        {
                            Title = "4",
                            User = "ada",
                            Labels = ["api"],
                            Assignees = ["ada", "grace"],
                            CreatedAt = Start.AddDays(3),
                            State = "closed",
                        },
                    ],
                },
            ],
        };

    [Theory]
    [InlineData("labels=bug", "1 2")]
    [InlineData("labels=BUG,%20api", "1")]
    [InlineData("labels=api", "1 4")]
    [InlineData("labels=none-such", "")]
    [InlineData("creator=ADA", "1 4")]
    [InlineData("assignee=grace", "1 4")]
    [InlineData("assignee=none", "2 3")]
    [InlineData("assignee=*", "1 4")]
    [InlineData("milestone=2", "2")]
    [InlineData("milestone=none", "3 4")]
    [InlineData("milestone=*", "1 2")]
    [InlineData("mentioned=ada", "2")]
    [InlineData("labels=api&creator=ada&assignee=ada", "4")]
    [InlineData("labels=api&state=open", "1")]
    [InlineData("since=2026-01-03T00:00:00Z", "3 4")]
    [InlineData("since=2026-01-03T00:00:00Z&labels=api", "4")]
    [InlineData("type=none", "1 2 3 4")]
    [InlineData("type=Bug", "")]
    public async Task Should_apply_the_filters(string query, string numbers) =>
        (await NumbersAsync($"{query}&state=all&direction=asc")).ShouldBe(numbers);

    [Fact]
    public async Task Should_sort_as_requested()
    {
        await Http.PatchAsync($"repos/{Repo}/issues/2", Json("""{"title": "Changed"}"""), Ct);

        (await NumbersAsync("state=all&sort=updated&direction=asc")).ShouldBe("1 3 4 2");
        (await NumbersAsync("state=all&sort=updated")).ShouldBe("2 4 3 1");
        (await NumbersAsync("state=all")).ShouldBe("4 3 2 1");
    }

    [Theory]
    [InlineData("milestone=99", "milestone")]
    [InlineData("milestone=M1", "milestone")]
    [InlineData("sort=title", "sort")]
    [InlineData("direction=up", "direction")]
    [InlineData("since=yesterday", "since")]
    public async Task Should_reject_an_unknown_value(string query, string field)
    {
        var answer = await Get($"repos/{Repo}/issues?{query}");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)(await Body(answer))["errors"]![0]!["field"]!).ShouldBe(field);
    }

    async Task<string> NumbersAsync(string query) =>
        string.Join(' ', (await Body(await Get($"repos/{Repo}/issues?{query}"))).AsArray().Select(issue => (int)issue!["number"]!));
}
