using Monarch.Tests.Http;
using Monarch.Workers.GitHub.Api;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

/// <summary>An undocumented item does not hide the others.</summary>
public class Listing_malformed_issues
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"labels\":[\"bug\",{\"id\":8,\"name\":null}]", "bug")]
    [InlineData("\"labels\":[{\"name\":\"bug\",\"color\":7},7,null]", "bug")]
    [InlineData("\"labels\":null,\"assignees\":null,\"user\":null,\"milestone\":null", "")]
    [InlineData("\"labels\":\"bug\",\"assignees\":[\"ada\"],\"user\":\"ada\",\"milestone\":1", "")]
    [InlineData("\"id\":\"one\",\"user\":{\"login\":null},\"milestone\":{\"title\":null},\"reactions\":[]", "")]
    [InlineData("\"type\":7,\"sub_issues_summary\":[],\"issue_dependencies_summary\":\"none\",\"locked\":\"no\"", "")]
    [InlineData("\"pull_request\":null", "")]
    public async Task Should_read_the_parts_that_can_be_read(string more, string labels)
    {
        var issue = await ListAsync($$"""{"number":7,"title":"A ticket","body":"Text","state":"open",{{more}}}""");

        (issue.Number, issue.Title, issue.Body, issue.State, issue.Unreadable).ShouldBe((7, "A ticket", "Text", "open", null));
        string.Join(",", issue.Labels?.Select(label => label.Name) ?? []).ShouldBe(labels);
        (issue.User, issue.Milestone, issue.Type, issue.Id, issue.Locked).ShouldBe((null, null, null, null, false));
        (issue.Assignees ?? []).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"created_at\":\"yesterday\"")]
    [InlineData("\"created_at\":1700000000")]
    [InlineData("\"html_url\":{}")]
    public async Task Should_accept_missing_optional_fields(string more)
    {
        var issue = await ListAsync($$"""{"number":7,"title":"A ticket","body":"Text","state":"open",{{more}}}""");

        (issue.Number, issue.Body, issue.CreatedAt, issue.HtmlUrl, issue.Unreadable).ShouldBe((7, "Text", null, null, null));
    }

    [Theory]
    [InlineData("""{"number":7,"state":"open","title":null,"body":"Text"}""", "title")]
    [InlineData("""{"number":7,"state":"open","body":"Text"}""", "title")]
    [InlineData("""{"number":7,"state":"open","title":["A ticket"],"body":"Text"}""", "title")]
    [InlineData("""{"number":7,"state":"open","title":"A ticket","body":5}""", "body")]
    [InlineData("""{"number":7,"state":"open","title":"A ticket","body":{"text":"Text"}}""", "body")]
    public async Task Should_report_the_unreadable_required_field(string json, string field)
    {
        var issue = await ListAsync(json);

        (issue.Number, issue.IsOpen, issue.Unreadable).ShouldBe((7, true, field));
    }

    [Theory]
    [InlineData("\"number\":\"7\"", 7)]
    [InlineData("\"number\":null,\"html_url\":\"https://github.com/nss/cider-falls/issues/7\"", 7)]
    [InlineData("\"url\":\"https://api.github.com/repos/nss/cider-falls/issues/7\"", 7)]
    [InlineData("\"number\":-7", 0)]
    [InlineData("\"number\":7.5", 0)]
    [InlineData("\"number\":99999999999", 0)]
    [InlineData("\"number\":{}", 0)]
    public async Task Should_find_the_number_in_other_fields(string number, int expected)
    {
        var issue = await ListAsync($$"""{"title":"A ticket","state":"open",{{number}}}""");

        (issue.Number, issue.Title, issue.Unreadable).ShouldBe((expected, "A ticket", expected == 0 ? "number" : null));
    }

    [Theory]
    [InlineData("\"state\":null", true)]
    [InlineData("\"body\":null", true)]
    [InlineData("\"state\":1,\"closed_at\":\"2026-08-01T08:00:00Z\"", false)]
    [InlineData("\"state\":\"closed\",\"created_at\":0", false)]
    public async Task Should_treat_an_issue_as_open_unless_it_is_closed(string more, bool open) =>
        (await ListAsync($$"""{"number":7,"title":"A ticket",{{more}}}""")).IsOpen.ShouldBe(open);

    [Theory]
    [InlineData("true", true)]
    [InlineData("{}", true)]
    [InlineData("\"https://api.github.com/pulls/7\"", true)]
    [InlineData("false", false)]
    [InlineData("null", false)]
    public async Task Should_recognise_a_malformed_pull_request(string link, bool isOne) =>
        (await ListAsync($$"""{"number":7,"title":null,"pull_request":{{link}}}""")).IsPullRequest.ShouldBe(isOne);

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"half \\ud83d a face\"")]
    public async Task Should_keep_the_place_of_an_item_that_is_not_an_issue(string json) =>
        (await ListAsync(json)).Unreadable.ShouldBe("number");

    [Fact]
    public async Task Should_accept_a_malformed_created_issue()
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(201, """{"number":7,"title":null,"labels":["bug"]}"""));

        var created = await github.Client.CreateIssueAsync(GitHubStub.RepositoryId, "A ticket", "Text", Ct);

        created.Number.ShouldBe(7);
    }

    // Between two valid issues.
    static async Task<Issue> ListAsync(string json)
    {
        var page = $"[{GitHubStub.IssueJson(1)},{json},{GitHubStub.IssueJson(9)}]";
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, page));
        var pages = new List<IssuePage>();
        await foreach (var listed in github.Client.ListIssuesAsync(GitHubStub.RepositoryId, IssueOrder.OldestFirst, Ct))
        {
            pages.Add(listed);
        }

        var issues = pages.ShouldHaveSingleItem().Issues;
        (issues.Count, issues[0].Number, issues[0].Title, issues[2].Number).ShouldBe((3, 1, "A ticket", 9));
        return issues[1];
    }
}
