using Monarch.Contracts;
using Monarch.Tests.Http;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

public class Classifying_a_refusal
{
    [Theory]
    [InlineData(404, "Not Found", FailureKind.RefusedTarget, "spelling")]
    [InlineData(403, "Resource not accessible by personal access token", FailureKind.RefusedTarget, "Issues: read and write")]
    [InlineData(403, "Repository was archived so is read-only.", FailureKind.RefusedTarget, "Unarchive")]
    [InlineData(410, "Issues has been disabled in this repository.", FailureKind.RefusedTarget, "Turn them on")]
    [InlineData(451, "Repository access blocked", FailureKind.RefusedTarget, "legal")]
    [InlineData(422, "For 'properties/title', nil is not a string.", FailureKind.RejectedIssue, "source")]
    [InlineData(413, "Too large", FailureKind.RejectedIssue, "source")]
    [InlineData(400, "Problems parsing JSON", FailureKind.Bug, "GITHUB_API_VERSION")]
    [InlineData(415, "Unsupported media type", FailureKind.Bug, "request id")]
    public async Task Should_report_kind_and_remedy(int status, string message, FailureKind kind, string remedy)
    {
        var failure = await RefuseAsync(status, $$"""{"message":"{{message}}"}""", "X-GitHub-Request-Id: C0DE:1");

        failure.Kind.ShouldBe(kind);
        failure.Message.ShouldBe(message);
        failure.Remedy!.ShouldContain(remedy);
        failure.Status.ShouldBe(status);
        failure.RequestId.ShouldBe("C0DE:1");
        failure.RetryAt.ShouldBeNull();
    }

    [Fact]
    public async Task Should_send_no_trace_headers_to_GitHub()
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(404, """{"message":"Not Found"}"""));
        using var span = new System.Diagnostics.Activity("of a migration").AddBaggage("conversation", "7").Start();

        await Should.ThrowAsync<GitHubException>(() =>
            github.Client.GetRepositoryAsync("nss/cider-falls", TestContext.Current.CancellationToken)
        );

        string[] traces = ["traceparent", "tracestate", "baggage", "Correlation-Context", "Request-Id"];
        github.Server.Requests.ShouldHaveSingleItem().Headers.Keys.Intersect(traces, StringComparer.OrdinalIgnoreCase).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(404, "Not Found")]
    [InlineData(403, "Must have admin rights to Repository.")]
    public void Should_not_advise_a_GitHub_App_to_change_a_token(int status, string message)
    {
        using var request = new HttpRequestMessage { Headers = { Authorization = new("Bearer", "ghs_installation") } };
        using var response = new HttpResponseMessage((System.Net.HttpStatusCode)status) { RequestMessage = request };

        var failure = Refusal.Classify(response, new() { Message = message }, throttle: null, DateTimeOffset.UnixEpoch);

        failure.Remedy!.ShouldContain("the GitHub App's installation");
        failure.Remedy!.ShouldNotContain("token");
    }

    [Fact]
    public async Task Should_mention_single_sign_on()
    {
        var failure = await RefuseAsync(
            403,
            """{"message":"Resource protected"}""",
            "X-GitHub-SSO: required; url=https://github.com/orgs/x/sso"
        );

        failure.Kind.ShouldBe(FailureKind.RefusedTarget);
        failure.Remedy!.ShouldContain("single sign-on");
    }

    [Theory]
    [InlineData(
        403,
        "Although you appear to have the correct authorization credentials, the `x` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.",
        "IP allow list"
    )]
    [InlineData(
        403,
        "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.",
        "single sign-on"
    )]
    [InlineData(403, "Sorry. Your account was suspended.", "another account")]
    [InlineData(403, "This installation has been suspended", "GitHub App")]
    [InlineData(403, "Resource not accessible by integration", "GitHub App")]
    [InlineData(403, "Resource not accessible by personal access token", "Give the token")]
    [InlineData(
        403,
        "`x` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.",
        "this type of token"
    )]
    [InlineData(
        403,
        "The 'x' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days.",
        "this type of token"
    )]
    [InlineData(
        403,
        "Although you appear to have the correct authorization credentials, the `x` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited.",
        "restricts applications"
    )]
    [InlineData(403, "Repository access blocked", "legal")]
    [InlineData(403, "User is blocked", "blocked the account")]
    [InlineData(403, "Interactions on this repository have been restricted to collaborators only.", "collaborator")]
    [InlineData(403, "Must have admin rights to Repository.", "access to the repository")]
    public async Task Should_report_the_remedy_for_a_403(int status, string message, string remedy)
    {
        var failure = await RefuseAsync(status, $$"""{"message":"{{message}}"}""");

        (failure.Kind, failure.Message).ShouldBe((FailureKind.RefusedTarget, message));
        failure.Remedy!.ShouldContain(remedy);
        failure.RetryAt.ShouldBeNull();
    }

    [Theory]
    [InlineData(302, "https://login.school.example/saml?token=secret")]
    [InlineData(302, "/login?return_to=/repositories/42")]
    [InlineData(302, "/repositories/42")]
    [InlineData(303, "/repositories/42")]
    [InlineData(301, "/login")]
    [InlineData(401, null)]
    [InlineData(403, null)]
    [InlineData(407, null)]
    [InlineData(403, null, "text/plain")]
    [InlineData(403, null, "application/json")]
    public async Task Should_treat_a_web_page_as_an_answer_of_a_proxy(int status, string? location, string contentType = "text/html")
    {
        await using var github = await GitHubStub.StartAsync(x =>
            x.AnswerAsync(
                status,
                "<html>Sign in</html>",
                [$"Content-Type: {contentType}", .. location is null ? [] : new[] { $"Location: {location}" }]
            )
        );

        var refusal = await Should.ThrowAsync<GitHubException>(() =>
            github.Client.GetRepositoryAsync("nss/cider-falls", TestContext.Current.CancellationToken)
        );

        (refusal.Failure.Kind, refusal.Failure.Status, refusal.MovedTo).ShouldBe((FailureKind.Transient, status, null));
        refusal.Failure.Remedy!.ShouldContain("proxy");
        (refusal.Failure.Message + refusal.Failure.Remedy).ShouldNotContain("renamed");
        refusal.Failure.Message.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("""{"message":"Validation Failed","errors":[{"resource":"Issue","code":"missing_field","field":"title"}]}""")]
    [InlineData(
        """{"message":"Validation Failed","errors":[{"resource":"Issue","code":"custom","field":"body","message":"body is too long (maximum is 65536 characters)"}]}"""
    )]
    [InlineData("""{"message":"Validation Failed","errors":[{"value":"x","resource":"Issue","field":"assignees","code":"invalid"}]}""")]
    [InlineData("""{"message":"Validation Failed","errors":[{"resource":"Label","code":"missing"}]}""")]
    [InlineData("""{"message":"Validation Failed","errors":[{"resource":"Issue","code":"too_long","field":"title"}]}""")]
    [InlineData(
        """{"message":"Validation Failed","errors":[{"resource":"Issue","code":"custom","field":"title","message":"title looks like spam"}]}"""
    )]
    [InlineData("""{"message":"Validation Failed","errors":["Title can't be blank"]}""")]
    [InlineData("""{"message":"Validation Failed","errors":"The issue's body is too long"}""")]
    [InlineData("""{"message":"Invalid request.\n\nFor 'properties/body', 1 is not a string or null."}""")]
    public async Task Should_reject_the_issue_when_a_field_is_named(string body) =>
        (await RefuseAsync(422, body, "x-ratelimit-remaining: 0")).Kind.ShouldBe(FailureKind.RejectedIssue);

    [Theory]
    [InlineData(
        422,
        """{"message":"Validation Failed","errors":[{"resource":"Issue","code":"unprocessable","field":"data","message":"was submitted too quickly"}]}"""
    )]
    [InlineData(
        422,
        """{"message":"Validation Failed","errors":[{"resource":"Issue","code":"custom","field":"title","message":"was submitted too quickly"}]}"""
    )]
    [InlineData(422, """{"message":"Validation Failed","errors":["Body was submitted too fast"]}""")]
    [InlineData(422, """{"message":"Validation failed, or the endpoint has been spammed."}""")]
    [InlineData(
        422,
        """{"message":"Validation Failed","errors":[{"resource":"Issue","code":"custom","field":"base","message":"flagged as spam"}]}"""
    )]
    [InlineData(422, """{"message":"You have exceeded a secondary rate limit."}""")]
    [InlineData(422, """{"message":"Validation Failed","errors":[{"resource":"Issue","code":"abuse"}]}""")]
    [InlineData(403, """{"message":"You are creating too many issues. Slow down."}""", 60)]
    [InlineData(409, """{"message":"Too many requests"}""")]
    public async Task Should_wait_when_the_text_names_the_pace(int status, string body, int seconds = 5)
    {
        var failure = await RefuseAsync(status, body);

        (failure.Kind, failure.Status, failure.Remedy).ShouldBe((FailureKind.Throttled, status, null));
        failure.RetryAt.ShouldBe(FixedTime.Now.AddSeconds(seconds));
    }

    [Fact]
    public async Task Should_wait_for_the_Retry_After_of_a_422() =>
        (await RefuseAsync(422, """{"message":"No"}""", "Retry-After: 5")).RetryAt.ShouldBe(FixedTime.Now.AddSeconds(5));

    [Theory]
    [InlineData(422, """{"message":"Validation Failed"}""")]
    [InlineData(422, """{"message":"Validation Failed","errors":[]}""")]
    [InlineData(
        422,
        """{"message":"Validation Failed","errors":[{"resource":"Issue","code":"custom","field":"base","message":"Something new"}]}"""
    )]
    [InlineData(422, """{"message":"Contribution to this repository has been temporarily limited"}""")]
    [InlineData(403, """{"message":"Contribution to this repository has been temporarily limited to existing users"}""")]
    [InlineData(403, """{"message":"You can't do that right now, please try again later."}""")]
    [InlineData(422, "")]
    public async Task Should_defer_only_the_target_when_no_field_is_named(int status, string body)
    {
        var failure = await RefuseAsync(status, body);

        (failure.Kind, failure.Status, failure.RetryAt).ShouldBe((FailureKind.Throttled, status, null));
    }

    [Theory]
    [InlineData("""[{"resource":"Issue","code":"missing_field","field":"title"}]""", "Validation Failed: title is missing")]
    [InlineData(
        """[{"resource":"Issue","code":"custom","field":"body","message":"body is too long (maximum is 65536 characters)"}]""",
        "Validation Failed: body is too long (maximum is 65536 characters)"
    )]
    [InlineData(
        """[{"resource":"Label","code":"missing"},{"code":"invalid","field":"assignees"}]""",
        "Validation Failed: Label does not exist; assignees is not valid"
    )]
    [InlineData("""["Title is spam"]""", "Validation Failed: Title is spam")]
    [InlineData("\"One sentence\"", "Validation Failed: One sentence")]
    [InlineData("null", "Validation Failed")]
    [InlineData("[]", "Validation Failed")]
    public async Task Should_render_field_errors(string errors, string expected)
    {
        var failure = await RefuseAsync(422, $$"""{"message":"Validation Failed","errors":{{errors}}}""");

        failure.Message.ShouldBe(expected);
    }

    [Theory]
    [InlineData(403, "Retry-After: 30", 30)]
    [InlineData(429, "Retry-After: 30", 30)]
    [InlineData(403, "Retry-After: 0", 1)]
    [InlineData(403, "Retry-After: Tue, 01 Sep 2026 12:02:00 GMT", 120)]
    [InlineData(403, "Retry-After: Tue, 01 Sep 2026 11:00:00 GMT", 60)]
    [InlineData(403, "Retry-After: soon", 60)]
    [InlineData(403, "Retry-After: 99999999999999", 24 * 3600)]
    [InlineData(429, "X-Other: no wait is named", 60)]
    public async Task Should_wait_as_long_as_GitHub_asks(int status, string header, int seconds)
    {
        var failure = await RefuseAsync(status, "{}", header);

        failure.Kind.ShouldBe(FailureKind.Throttled);
        failure.RetryAt.ShouldBe(FixedTime.Now.AddSeconds(seconds));
    }

    [Theory]
    [InlineData(900, 900)]
    [InlineData(-10, 60)]
    public async Task Should_wait_for_the_reset_when_the_limit_is_used_up(int resetIn, int seconds)
    {
        var failure = await RefuseAsync(
            403,
            """{"message":"API rate limit exceeded for user ID 1."}""",
            "x-ratelimit-remaining: 0",
            $"x-ratelimit-reset: {FixedTime.Now.AddSeconds(resetIn).ToUnixTimeSeconds()}"
        );

        failure.Kind.ShouldBe(FailureKind.Throttled);
        failure.RetryAt.ShouldBe(FixedTime.Now.AddSeconds(seconds));
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task Should_wait_by_GitHubs_clock_when_ours_differs(int ahead)
    {
        var theirs = FixedTime.Now.AddSeconds(ahead);
        var reset = await RefuseAsync(
            403,
            "{}",
            $"Date: {theirs:R}",
            "x-ratelimit-remaining: 0",
            $"x-ratelimit-reset: {theirs.AddSeconds(90).ToUnixTimeSeconds()}"
        );
        var retryAfter = await RefuseAsync(403, "{}", $"Date: {theirs:R}", $"Retry-After: {theirs.AddSeconds(90):R}");

        reset.RetryAt.ShouldBe(FixedTime.Now.AddSeconds(90));
        retryAfter.RetryAt.ShouldBe(FixedTime.Now.AddSeconds(90));
    }

    [Fact]
    public async Task Should_prefer_Retry_After_to_the_reset()
    {
        var failure = await RefuseAsync(
            403,
            "{}",
            "Retry-After: 5",
            "x-ratelimit-remaining: 0",
            $"x-ratelimit-reset: {FixedTime.Now.AddHours(1).ToUnixTimeSeconds()}"
        );

        failure.RetryAt.ShouldBe(FixedTime.Now.AddSeconds(5));
    }

    [Theory]
    [InlineData("""{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}""")]
    [InlineData("""{"message":"You have triggered an abuse detection mechanism."}""")]
    [InlineData(
        """{"message":"No.","documentation_url":"https://docs.github.com/rest/rate-limits-for-the-rest-api#about-secondary-rate-limits"}"""
    )]
    public async Task Should_wait_a_minute_when_only_the_text_names_a_limit(string body)
    {
        var failure = await RefuseAsync(403, body, "x-ratelimit-remaining: 4000", "x-ratelimit-reset: 1");

        failure.Kind.ShouldBe(FailureKind.Throttled);
        failure.RetryAt.ShouldBe(FixedTime.Now.AddMinutes(1));
    }

    [Fact]
    public async Task Should_use_the_Retry_After_of_an_outage()
    {
        var failure = await RefuseAsync(503, "", "Retry-After: 300");

        failure.Kind.ShouldBe(FailureKind.Transient);
        failure.RetryAt.ShouldBe(FixedTime.Now.AddSeconds(300));
    }

    [Fact]
    public async Task Should_not_reject_an_issue_when_a_read_is_rejected()
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(422, """{"message":"Pagination is limited"}"""));

        var refusal = await Should.ThrowAsync<GitHubException>(() =>
            github.Client.GetRepositoryAsync("nss/cider-falls", TestContext.Current.CancellationToken)
        );

        refusal.Failure.Kind.ShouldBe(FailureKind.Bug);
    }

    [Fact]
    public async Task Should_never_show_the_token()
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(401, "{}"));

        var refusal = await Should.ThrowAsync<GitHubException>(() =>
            github.Client.GetRepositoryAsync("nss/cider-falls", TestContext.Current.CancellationToken)
        );

        (refusal.ToString() + refusal.Failure).ShouldNotContain(GitHubStub.Token);
    }

    static async Task<Failure> RefuseAsync(int status, string body, params string[] headers)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(status, body, headers));

        var refusal = await Should.ThrowAsync<GitHubException>(() =>
            github.Client.CreateIssueAsync(GitHubStub.RepositoryId, "A ticket", "Text", TestContext.Current.CancellationToken)
        );
        refusal.Message.ShouldBe(refusal.Failure.Message);
        return refusal.Failure;
    }
}
