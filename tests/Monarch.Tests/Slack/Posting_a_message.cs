using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Tests.Http;
using Monarch.Workers.Slack.Client;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Slack;

public class Posting_a_message
{
    const string Good = """{"ok":true,"channel":"C1H9RESGL","ts":"1503435956.000247","message":{"text":"Here"}}""";

    [Fact]
    public async Task Should_give_the_channel_id_and_the_time_stamp()
    {
        await using var slack = await SlackStub.StartAsync(x => x.AnswerAsync(200, Good));

        var message = await slack.Client.PostAsync("#projects", "*12* of 30 😀", TestContext.Current.CancellationToken);

        message.ShouldBe(new SlackMessage("C1H9RESGL", "1503435956.000247"));
        var request = slack.Server.Requests.ShouldHaveSingleItem();
        request.Target.ShouldBe("/slack/api/chat.postMessage");
        request.Headers["Authorization"].ShouldBe("Bearer " + SlackStub.Token);
        request.Headers["Content-Type"].ShouldBe("application/json; charset=utf-8");
        using var json = JsonDocument.Parse(request.Body);
        json.RootElement.GetProperty("channel").GetString().ShouldBe("#projects");
        json.RootElement.GetProperty("text").GetString().ShouldBe("*12* of 30 😀");
        json.RootElement.GetProperty("mrkdwn").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("unfurl_links").GetBoolean().ShouldBeFalse();
        json.RootElement.GetProperty("unfurl_media").GetBoolean().ShouldBeFalse();
        json.RootElement.TryGetProperty("ts", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_send_no_header_of_a_trace()
    {
        await using var slack = await SlackStub.StartAsync(x => x.AnswerAsync(200, Good));
        using var span = new System.Diagnostics.Activity("of a migration").AddBaggage("conversation", "7").Start();

        await slack.Client.PostAsync("C1", "text", TestContext.Current.CancellationToken);

        string[] traces = ["traceparent", "tracestate", "baggage", "Correlation-Context", "Request-Id"];
        slack.Server.Requests.ShouldHaveSingleItem().Headers.Keys.Intersect(traces, StringComparer.OrdinalIgnoreCase).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_update_it_in_place()
    {
        await using var slack = await SlackStub.StartAsync(x => x.AnswerAsync(200, Good));

        await slack.Client.UpdateAsync("C1H9RESGL", "1503435956.000247", "30 of 30", TestContext.Current.CancellationToken);

        var request = slack.Server.Requests.ShouldHaveSingleItem();
        request.Target.ShouldBe("/slack/api/chat.update");
        using var json = JsonDocument.Parse(request.Body);
        json.RootElement.GetProperty("channel").GetString().ShouldBe("C1H9RESGL");
        json.RootElement.GetProperty("ts").GetString().ShouldBe("1503435956.000247");
        json.RootElement.GetProperty("text").GetString().ShouldBe("30 of 30");
    }

    [Fact]
    public async Task Should_be_transient_when_the_connection_is_refused()
    {
        await using var services = SlackStub.Services(ClosedPort.Find().ToString());

        (await PostAsync(services.GetRequiredService<SlackClient>())).Kind.ShouldBe(FailureKind.Transient);
    }

    [Fact]
    public async Task Should_be_transient_when_the_connection_is_cut()
    {
        await using var slack = await SlackStub.StartAsync(x => x.CutInTheBodyAsync(200));

        (await PostAsync(slack.Client)).Kind.ShouldBe(FailureKind.Transient);
    }

    [Fact]
    public async Task Should_be_transient_when_Slack_does_not_answer_in_time()
    {
        await using var slack = await SlackStub.StartAsync(x => x.HangAsync(), timeout: "1");

        var failure = await PostAsync(slack.Client);

        failure.Kind.ShouldBe(FailureKind.Transient);
        failure.Message.ShouldBe("Slack did not answer within 1 s.");
    }

    [Fact]
    public async Task Should_be_a_cancellation_when_the_caller_cancels()
    {
        using var caller = new CancellationTokenSource();
        await using var slack = await SlackStub.StartAsync(async x =>
        {
            await caller.CancelAsync();
            await x.HangAsync();
        });

        await Should.ThrowAsync<OperationCanceledException>(() => slack.Client.PostAsync("C1", "x", caller.Token));
    }

    static async Task<Failure> PostAsync(SlackClient client) =>
        (await Should.ThrowAsync<SlackException>(() => client.PostAsync("C1", "x", TestContext.Current.CancellationToken))).Failure;
}
