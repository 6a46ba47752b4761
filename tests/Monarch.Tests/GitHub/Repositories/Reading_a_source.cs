using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Sandbox.Model;
using Monarch.Testing;
using Monarch.Tests.GitHub.Endpoints;
using Monarch.Workers.Clocks;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Repositories;

public sealed class Reading_a_source : EndpointTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_store_the_open_issues_of_all_pages_oldest_first_without_pull_requests(bool byNumber)
    {
        Sandbox.NumberedPages = byNumber;
        GitHub.Seed(
            new()
            {
                FullName = Source,
                GenerateIssues = 220,
                GenerateClosedIssues = 40,
                GeneratePullRequests = 30,
            }
        );
        await StartAsync();
        var command = ReadSource();
        await SendAsync(command);

        var read = await AnswerAsync<SourceIssuesRead>();
        (read.BatchId, read.CommandId, read.RepositoryId, read.FullName, read.IssueCount).ShouldBe(
            (command.BatchId, command.CommandId, SourceId, Source, 220)
        );
        var issues = (await Services.GetRequiredService<ISnapshots>().ReadAsync(read.SnapshotId, 0, 1000, Ct)).ShouldNotBeNull();
        var expected = GitHub.Repository(Source).Issues!.Where(issue => issue is { State: "open", IsPullRequest: false });
        issues
            .Select(issue => (issue.Number, issue.Title, issue.Body))
            .ShouldBe(expected.Select(issue => (issue.Number, issue.Title, issue.Body)));
        GitHub
            .LatestRequests()
            .ShouldContain(request => request.Path.Contains(byNumber ? "100&page=2" : "100&after=", StringComparison.Ordinal));
        // Checking that the first two pages are unchanged does not count against the limit.
        (Pages(200), Pages(304)).ShouldBe((3, 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_read_all_issues_when_one_is_deleted_between_two_pages(bool byNumber)
    {
        Sandbox.NumberedPages = byNumber;
        GitHub.Seed(
            new()
            {
                FullName = Source,
                Id = SourceId,
                GenerateIssues = 150,
            }
        );
        await StartAsync();
        GitHub.Script(
            new()
            {
                Path = "/issues$",
                CarryOut = true,
                Ending = ScriptedEnding.Genuine,
                DelayMilliseconds = 500,
            }
        );
        await SendAsync(ReadSource());
        await Until.TrueAsync(() => GitHub.Requests().Of("GET issues") == 1, "the first page is read");
        GitHub.DeleteIssue(Source, 5);

        var read = await AnswerAsync<SourceIssuesRead>();
        var issues = (await Services.GetRequiredService<ISnapshots>().ReadAsync(read.SnapshotId, 0, 1000, Ct)).ShouldNotBeNull();
        issues.Select(issue => issue.Number).ShouldBe(Enumerable.Range(1, 150).Where(number => number != 5));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_read_all_issues_when_one_is_closed_between_two_pages(bool byNumber)
    {
        Sandbox.NumberedPages = byNumber;
        GitHub.Seed(
            new()
            {
                FullName = Source,
                Id = SourceId,
                GenerateIssues = 150,
            }
        );
        await StartAsync();
        GitHub.Script(
            new()
            {
                Path = "/issues$",
                CarryOut = true,
                Ending = ScriptedEnding.Genuine,
                DelayMilliseconds = 500,
            }
        );
        await SendAsync(ReadSource());
        await Until.TrueAsync(() => GitHub.Requests().Of("GET issues") == 1, "the first page is read");
        await CloseAsync(issue: 5);

        var read = await AnswerAsync<SourceIssuesRead>();
        var issues = (await Services.GetRequiredService<ISnapshots>().ReadAsync(read.SnapshotId, 0, 1000, Ct)).ShouldNotBeNull();
        issues
            .Select(issue => issue.Number)
            .ShouldBe(Enumerable.Range(1, 150).Where(number => number != 5), "a page has changed, so the listing is repeated");
        (Pages(200), Pages(304)).ShouldBe((5, 1));
    }

    [Fact]
    public async Task Should_send_one_conditional_request_per_page_when_unchanged()
    {
        GitHub.Seed(
            new()
            {
                FullName = Source,
                Id = SourceId,
                GenerateIssues = 220,
                GeneratePullRequests = 30,
            }
        );
        await StartAsync();
        var first = await ReadAsync(1);
        var second = await ReadAsync(2);

        second.SnapshotId.ShouldBe(first.SnapshotId);
        second.IssueCount.ShouldBe(220);
        second.ReadAt.ShouldBeGreaterThanOrEqualTo(first.ReadAt);
        (Pages(200), Pages(304)).ShouldBe((3, 2 + 3));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task Should_use_the_clock_that_all_workers_share(double ahead)
    {
        await StartAsync();
        var (now, shared) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddSeconds(ahead));
        Services.GetRequiredService<SharedClock>().Set(now, shared, now);

        ((await ReadAsync(1)).ReadAt - shared).ShouldBeInRange(TimeSpan.Zero, TimeProvider.System.GetUtcNow() - now);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(100)] // One issue more begins another page, and leaves the last one as it was.
    public async Task Should_read_again_when_an_issue_was_added(int issues)
    {
        GitHub.Seed(
            new()
            {
                FullName = Source,
                Id = SourceId,
                GenerateIssues = issues,
            }
        );
        await StartAsync();
        await ReadAsync(1);
        await ReadAsync(2);
        using var teacher = Teacher();
        using var added = await teacher.PostAsJsonAsync($"repos/{Source}/issues", new { title = "One more" }, Ct);
        added.EnsureSuccessStatusCode();
        await ReadAsync(3);

        (await AnswersAsync<SourceIssuesRead>()).Select(answer => answer.IssueCount).ShouldBe([issues, issues, issues + 1]);
    }

    [Fact]
    public async Task Should_read_again_when_an_issue_was_closed()
    {
        GitHub.Seed(
            new()
            {
                FullName = Source,
                Id = SourceId,
                GenerateIssues = 150,
            }
        );
        await StartAsync();
        var first = await ReadAsync(1);
        await CloseAsync(issue: 120);
        var second = await ReadAsync(2);

        second.SnapshotId.ShouldNotBe(first.SnapshotId);
        second.IssueCount.ShouldBe(149);
        (Pages(200), Pages(304)).ShouldBe((5, 1 + 2));
    }

    [Fact]
    public async Task Should_follow_a_rename_and_return_the_current_name()
    {
        GitHub.Rename(Source, "school/renamed");
        await StartAsync();
        await SendAsync(ReadSource("School/TEMPLATE"));
        var read = await AnswerAsync<SourceIssuesRead>();
        (read.RepositoryId, read.FullName, read.IssueCount).ShouldBe((SourceId, "school/renamed", 3));
    }

    [Fact]
    public async Task Should_report_a_source_without_open_issues()
    {
        GitHub.Seed(
            new()
            {
                FullName = Source,
                GenerateClosedIssues = 2,
                GeneratePullRequests = 2,
            }
        );
        await StartAsync();
        await SendAsync(ReadSource());
        (await AnswerAsync<SourceIssuesRead>()).IssueCount.ShouldBe(0);
    }

    [Fact]
    public async Task Should_accept_an_incomplete_listing_once_it_is_stable_and_remember_that()
    {
        GitHub.Seed(
            new()
            {
                FullName = Source,
                Id = SourceId,
                GenerateIssues = 4,
                GeneratePullRequests = 1,
            }
        );
        await StartAsync(("GITHUB_SETTLE", "0"));
        const string One = """[{"number":1,"title":"x","state":"open"}]""";
        GitHub.Script(
            new()
            {
                Method = "GET",
                Path = "/issues$",
                Status = 200,
                Body = One,
                Count = 100,
            }
        );
        for (var times = 1; times <= 2; times++)
        {
            await SendAsync(ReadSource());
            (await AnswersAsync<SourceDeferred>(times))[^1].Failure.Message.ShouldContain("1 of the 5 open issues and pull requests");
        }

        (await ReadAsync(1)).IssueCount.ShouldBe(1);
        (await ReadAsync(2)).IssueCount.ShouldBe(1);
        Published<SourceDeferred>().Count.ShouldBe(2);

        // GitHub counts more issues now, so the accepted listing is incomplete again.
        GitHub.Seed(
            new()
            {
                FullName = Source,
                Id = SourceId,
                GenerateIssues = 6,
            }
        );
        await SendAsync(ReadSource());
        await AnswersAsync<SourceDeferred>(3);
    }

    [Fact]
    public async Task Should_defer_an_unchanged_listing_when_GitHub_counts_more()
    {
        GitHub.Seed(
            new()
            {
                FullName = Source,
                Id = SourceId,
                GenerateIssues = 2,
            }
        );
        await StartAsync(("GITHUB_SETTLE", "4"));
        await ReadAsync(1);
        GitHub.Seed(
            new()
            {
                FullName = Source,
                Id = SourceId,
                GenerateIssues = 3,
            }
        );
        GitHub.Script(
            new()
            {
                Method = "GET",
                Path = "/issues$",
                Status = 304,
                Body = "",
            }
        );
        await SendAsync(ReadSource());
        await AnswerAsync<SourceDeferred>();

        (await ReadAsync(2)).IssueCount.ShouldBe(3);
    }

    [Theory]
    [InlineData("school,teams", "another/template", true)]
    [InlineData("school", "school/other", false)]
    [InlineData(" SCHOOL ; x", "school/other", false)]
    [InlineData("", "another/template", false)]
    public async Task Should_refuse_a_source_moved_to_an_owner_that_is_not_allowed(string allowed, string movedTo, bool refused)
    {
        GitHub.Rename(Source, movedTo);
        await StartAsync(("MONARCH_ALLOWED_OWNERS", allowed));
        await SendAsync(ReadSource());
        if (!refused)
        {
            (await AnswerAsync<SourceIssuesRead>()).FullName.ShouldBe(movedTo);
            return;
        }

        var failure = (await AnswerAsync<SourceRefused>()).Failure;
        failure.Kind.ShouldBe(FailureKind.RefusedTarget);
        failure.Message.ShouldBe("school/template is now another/template, and another is not among MONARCH_ALLOWED_OWNERS.");
        failure.Remedy!.ShouldContain("MONARCH_ALLOWED_OWNERS");
        GitHub.Requests().Of("GET issues").ShouldBe(0);
    }

    long Pages(int status) => GitHub.Requests().Of("GET issues", status);

    // The number of the answer.
    async Task<SourceIssuesRead> ReadAsync(int count)
    {
        await SendAsync(ReadSource());
        return (await AnswersAsync<SourceIssuesRead>(count))[count - 1];
    }

    async Task CloseAsync(int issue)
    {
        using var teacher = Teacher();
        using var closed = await teacher.PatchAsJsonAsync($"repos/{Source}/issues/{issue}", new { state = "closed" }, Ct);
        closed.EnsureSuccessStatusCode();
    }

    HttpClient Teacher() =>
        new() { BaseAddress = GitHub.GitHubUrl, DefaultRequestHeaders = { { "Authorization", "token t" }, { "User-Agent", "teacher" } } };
}
