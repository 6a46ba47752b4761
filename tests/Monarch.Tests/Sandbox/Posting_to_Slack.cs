using System.Net;
using System.Text.Json.Nodes;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Posting_to_Slack : SandboxTest
{
    [Fact]
    public async Task Should_post_and_update_a_message()
    {
        var posted = await Call("chat.postMessage", """{"channel": "C06GHMZB3M3", "text": "Started <now>"}""");

        ((bool)posted["ok"]!).ShouldBeTrue();
        ((string)posted["channel"]!).ShouldBe("C06GHMZB3M3");
        ((string)posted["ts"]!).ShouldMatch(@"^\d{10}\.\d{6}$");
        ((string)posted["message"]!["text"]!).ShouldBe("Started <now>");
        posted["error"].ShouldBeNull();

        Time.Advance(5);
        var updated = await Call("chat.update", $$"""{"channel": "C06GHMZB3M3", "ts": "{{posted["ts"]}}", "text": "Half done"}""");

        ((bool)updated["ok"]!).ShouldBeTrue();
        ((string)updated["ts"]!).ShouldBe((string)posted["ts"]!);
        ((string)updated["text"]!).ShouldBe("Half done");
        var message = Server.SlackMessages().ShouldHaveSingleItem();
        message.Text.ShouldBe("Half done");
        message.Edits.ShouldHaveSingleItem().At.ShouldBe(message.PostedAt.AddSeconds(5));
    }

    [Fact]
    public async Task Should_accept_a_form_and_a_channel_name()
    {
        using var form = new FormUrlEncodedContent([new("channel", "#general"), new("text", "Hi & <there>"), new("token", "xoxb-1")]);

        var posted = await Body(await Http.PostAsync(new Uri(Server.SlackUrl, "chat.postMessage"), form, Ct));

        ((string)posted["channel"]!).ShouldStartWith("C0");
        Server.SlackMessages().ShouldHaveSingleItem().Text.ShouldBe("Hi & <there>");
    }

    [Theory]
    [InlineData("chat.postMessage", """{"text": "x"}""", "channel_not_found")]
    [InlineData("chat.postMessage", """{"channel": "C06GHMZB3M3", "text": ""}""", "no_text")]
    [InlineData("chat.postMessage", """{"channel": """, "invalid_json")]
    [InlineData("chat.postMessage", "[]", "json_not_object")]
    [InlineData("chat.update", """{"channel": "C06GHMZB3M3", "ts": "1.2", "text": "x"}""", "message_not_found")]
    [InlineData("chat.update", """{"channel": "#general", "ts": "1.2", "text": "x"}""", "channel_not_found")]
    [InlineData("chat.explode", "{}", "unknown_method")]
    public async Task Should_answer_200_with_Slack_s_error_code(string method, string json, string error)
    {
        var response = await Http.PostAsync(new Uri(Server.SlackUrl, method), Json(json), Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await Body(response);
        ((bool)body["ok"]!).ShouldBeFalse();
        ((string)body["error"]!).ShouldBe(error);
    }

    [Fact]
    public async Task Should_require_a_token()
    {
        Http.DefaultRequestHeaders.Authorization = null;

        ((string)(await Call("auth.test", "{}"))["error"]!).ShouldBe("not_authed");
    }

    [Fact]
    public async Task Should_identify_the_owner_of_a_token() => ((string)(await Call("auth.test", "{}"))["user"]!).ShouldBe("monarch-bot");

    [Fact]
    public async Task Should_truncate_a_long_post_and_reject_a_long_update()
    {
        var posted = await Call(
            "chat.postMessage",
            new JsonObject { ["channel"] = "C06GHMZB3M3", ["text"] = new string('x', 40_001) }.ToJsonString()
        );
        ((string)posted["message"]!["text"]!).Length.ShouldBe(40_000);
        ((string)posted["warning"]!).ShouldBe("message_truncated");

        var update = new JsonObject
        {
            ["channel"] = "C06GHMZB3M3",
            ["ts"] = (string)posted["ts"]!,
            ["text"] = new string('x', 4_001),
        };
        ((string)(await Call("chat.update", update.ToJsonString()))["error"]!).ShouldBe("msg_too_long");
    }

    [Fact]
    public async Task Should_allow_short_bursts_and_one_message_per_second()
    {
        Server.Limits = new SandboxLimits { SlackMessagesPerSecond = 1, SlackBurst = 2 };
        await Post("1");
        (await Post("2")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var refused = await Post("3");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        ((string)(await Body(refused))["error"]!).ShouldBe("ratelimited");
        (await Post("other channel", "C0000000002")).StatusCode.ShouldBe(HttpStatusCode.OK);
        Time.Advance(1);
        (await Post("4")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_limit_updates_per_minute()
    {
        Server.Limits = new SandboxLimits { SlackUpdatesPerMinute = 1 };
        await Post("1");
        var update = $$"""{"channel": "C06GHMZB3M3", "ts": "{{Server.SlackMessages()[0].Ts}}", "text": "2"}""";
        ((bool)(await Call("chat.update", update))["ok"]!).ShouldBeTrue();

        ((string)(await Call("chat.update", update))["error"]!).ShouldBe("ratelimited");
        Time.Advance(60);
        ((bool)(await Call("chat.update", update))["ok"]!).ShouldBeTrue();
        Server.Requests().Violations["Slack"].ShouldBe(1);
    }

    [Fact]
    public async Task Should_answer_503_during_an_outage()
    {
        Server.Faults.SlackOutage = true;
        (await Post("No")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        Server.Faults.SlackOutage = false;
        (await Post("Yes")).StatusCode.ShouldBe(HttpStatusCode.OK);
        Server.Requests().Of("slack chat.postMessage", 503).ShouldBe(1);
    }

    [Fact]
    public async Task Should_apply_scripts()
    {
        Server.Script(
            new ScriptedAnswer
            {
                Path = "chat.postMessage",
                Status = 200,
                Body = """{"ok": false, "error": "internal_error"}""",
            }
        );

        ((string)(await Body(await Post("No")))["error"]!).ShouldBe("internal_error");
        Server.SlackMessages().ShouldBeEmpty();
    }

    Task<HttpResponseMessage> Post(string text, string channel = "C06GHMZB3M3") =>
        Http.PostAsync(new Uri(Server.SlackUrl, "chat.postMessage"), Json($$"""{"channel": "{{channel}}", "text": "{{text}}"}"""), Ct);

    async Task<JsonNode> Call(string method, string json) =>
        await Body(await Http.PostAsync(new Uri(Server.SlackUrl, method), Json(json), Ct));
}
