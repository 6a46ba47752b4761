using Monarch.Contracts;
using Monarch.Tests.Http;
using Monarch.Workers.Slack.Client;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Slack;

public class Classifying_Slack_refusals
{
    [Theory]
    [InlineData("invalid_auth", FailureKind.Unauthorised, "SLACK_BOT_TOKEN")]
    [InlineData("not_authed", FailureKind.Unauthorised, "SLACK_BOT_TOKEN")]
    [InlineData("account_inactive", FailureKind.Unauthorised, "SLACK_BOT_TOKEN")]
    [InlineData("token_revoked", FailureKind.Unauthorised, "SLACK_BOT_TOKEN")]
    [InlineData("token_expired", FailureKind.Unauthorised, "SLACK_BOT_TOKEN")]
    [InlineData("channel_not_found", FailureKind.RefusedTarget, "id or name")]
    [InlineData("not_in_channel", FailureKind.RefusedTarget, "Invite the bot")]
    [InlineData("no_permission", FailureKind.RefusedTarget, "Invite the bot")]
    [InlineData("is_archived", FailureKind.RefusedTarget, "unarchive")]
    [InlineData("missing_scope", FailureKind.RefusedTarget, "chat:write")]
    [InlineData("msg_too_long", FailureKind.RejectedIssue, "does not fit")]
    [InlineData("no_text", FailureKind.RejectedIssue, "does not fit")]
    [InlineData("something_new", FailureKind.RefusedTarget, "something_new")]
    public async Task Should_name_the_kind_and_a_remedy(string error, FailureKind kind, string remedy)
    {
        var failure = await RefuseAsync(200, $$"""{"ok":false,"error":"{{error}}"}""");

        failure.Kind.ShouldBe(kind);
        failure.Message.ShouldBe($"Slack refused: {error}.");
        failure.Remedy!.ShouldContain(remedy);
        failure.RetryAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("internal_error")]
    [InlineData("service_unavailable")]
    [InlineData("fatal_error")]
    [InlineData("request_timeout")]
    public async Task Should_be_transient_when_Slack_has_an_internal_error(string error) =>
        (await RefuseAsync(200, $$"""{"ok":false,"error":"{{error}}"}""")).Kind.ShouldBe(FailureKind.Transient);

    [Theory]
    [InlineData(500, "", FailureKind.Transient)]
    [InlineData(503, """{"ok":false,"error":"invalid_auth"}""", FailureKind.Transient)]
    [InlineData(200, "<html>hotel</html>", FailureKind.Transient)]
    [InlineData(200, """{"ok":true}""", FailureKind.Transient)]
    [InlineData(401, "", FailureKind.Unauthorised)]
    [InlineData(404, "", FailureKind.RefusedTarget)]
    [InlineData(301, "", FailureKind.RefusedTarget)]
    [InlineData(413, "", FailureKind.RejectedIssue)]
    public async Task Should_classify_by_the_status_too(int status, string body, FailureKind kind) =>
        (await RefuseAsync(status, body)).Kind.ShouldBe(kind);

    [Theory]
    [InlineData(429, "", 30, "Retry-After: 30")]
    [InlineData(200, """{"ok":false,"error":"ratelimited"}""", 30, "Retry-After: 30")]
    [InlineData(200, """{"ok":false,"error":"rate_limited"}""", 60)]
    [InlineData(429, "", 60)]
    public async Task Should_wait_as_long_as_Slack_requests(int status, string body, int seconds, params string[] headers)
    {
        var failure = await RefuseAsync(status, body, headers);

        failure.Kind.ShouldBe(FailureKind.Throttled);
        failure.RetryAt.ShouldBe(FixedTime.Now.AddSeconds(seconds));
    }

    static async Task<Failure> RefuseAsync(int status, string body, params string[] headers)
    {
        await using var slack = await SlackStub.StartAsync(x => x.AnswerAsync(status, body, headers));

        var refusal = await Should.ThrowAsync<SlackException>(() =>
            slack.Client.PostAsync("C1", "x", TestContext.Current.CancellationToken)
        );
        refusal.ToString().ShouldNotContain(SlackStub.Token);
        return refusal.Failure;
    }
}
