using System.Net.Http.Headers;
using System.Text.Json;
using Monarch.Contracts;
using Monarch.Workers.Http;

namespace Monarch.Workers.Slack.Client;

/// <summary>Two calls of Slack's Web API. It classifies every failure, throws <see cref="SlackException"/>, and never retries.</summary>
sealed class SlackClient(HttpClient http, TimeProvider time)
{
    /// <summary>Posts <paramref name="text"/> (mrkdwn) to a channel, by its id or name.</summary>
    public async Task<SlackMessage> PostAsync(string channel, string text, CancellationToken ct)
    {
        var answer = await CallAsync("chat.postMessage", new SlackRequest { Channel = channel, Text = text }, ct);
        return new SlackMessage(answer.Channel ?? channel, answer.Ts ?? throw WithoutTimestamp());
    }

    /// <summary>Replaces a message's text.</summary>
    public async Task UpdateAsync(string channelId, string timestamp, string text, CancellationToken ct) =>
        await CallAsync(
            "chat.update",
            new SlackRequest
            {
                Channel = channelId,
                Ts = timestamp,
                Text = text,
            },
            ct
        );

    async Task<SlackAnswer> CallAsync(string method, SlackRequest request, CancellationToken ct)
    {
        using var response = await SendAsync(method, request, ct);
        var answer = Parse(await response.Content.ReadAsByteArrayAsync(ct));

        return response.IsSuccessStatusCode && answer is { Ok: true }
            ? answer
            : throw new SlackException(SlackRefusal.Classify(response, answer?.Error, time.GetUtcNow()));
    }

    async Task<HttpResponseMessage> SendAsync(string method, SlackRequest request, CancellationToken ct)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, SlackJson.Default.SlackRequest));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");

        try
        {
            return await http.PostAsync(method, content, ct);
        }
        catch (HttpRequestException e)
        {
            throw new SlackException(NetworkFailure.Describe("Slack", http.BaseAddress!, e), e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new SlackException(NetworkFailure.TimedOut("Slack", http.Timeout), e);
        }
    }

    static SlackAnswer? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SlackJson.Default.SlackAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static SlackException WithoutTimestamp() =>
        new(new Failure { Kind = FailureKind.Transient, Message = "Slack accepted the message, but its answer has no timestamp." });
}

/// <summary>A posted message as <c>chat.update</c> identifies it: the channel's id (never its name) and Slack's timestamp.</summary>
sealed record SlackMessage(string ChannelId, string Timestamp);
