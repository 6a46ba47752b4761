using System.Net.Http.Json;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>People and bots write above and below what was copied; the next run finds its copies all the same.</summary>
public sealed class Finding_copies_that_were_edited : JourneyTest
{
    const string Team = "teams/n1";

    [Theory]
    [InlineData("", "\n\n---\nThis ticket is kept in step with card T-1 of another tracker.")]
    [InlineData("", "\n\n- [x] done by us\n")]
    [InlineData("", "\r\n\r\nEdited.\r\n")]
    [InlineData("", " (seen)")]
    [InlineData("**Taken by Ada.** ", "")]
    [InlineData("Notes:\n```\nnever closed\n\n", "\n\nSigned-off-by: a bot")]
    [InlineData("> as asked\n\n", "\n\n```js\nlet x\n```\n")]
    public async Task Should_create_nothing_twice(string above, string below)
    {
        Seed(3, Teams(1));
        await StartAsync();
        await MigrateAsync(Teams(1));
        foreach (var issue in Sandbox.Repository(Team).Issues!)
        {
            await EditAsync(issue.Number, above + issue.Body + below);
        }

        // The ledger is gone with the process.
        await RestartAsync();
        var second = await MigrateAsync(Teams(1));

        (second.Status, second.Repositories![0].AlreadyThere).ShouldBe((BatchStatus.Completed, 3));
        ShouldBeFilled(Team);
    }

    async Task EditAsync(int number, string body)
    {
        using var student = new HttpClient
        {
            BaseAddress = Sandbox.GitHubUrl,
            DefaultRequestHeaders = { { "Authorization", "token t" }, { "User-Agent", "student" } },
        };
        using var edited = await student.PatchAsJsonAsync($"repos/{Team}/issues/{number}", new { body }, Ct);
        edited.EnsureSuccessStatusCode();
    }
}
