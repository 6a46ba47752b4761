using System.Text.Json.Serialization;

namespace Monarch.Workers.Slack.Client;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SlackRequest))]
[JsonSerializable(typeof(SlackAnswer))]
sealed partial class SlackJson : JsonSerializerContext;

/// <summary>The request of <c>chat.postMessage</c> and <c>chat.update</c>.</summary>
sealed record SlackRequest
{
    public required string Channel { get; init; }

    /// <summary>The message to update; null posts a new one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Ts { get; init; }

    public required string Text { get; init; }

    public bool Mrkdwn { get; init; } = true;

    public bool UnfurlLinks { get; init; }

    public bool UnfurlMedia { get; init; }
}

/// <summary>Slack's answer, whose status is 200 even if it is a refusal.</summary>
sealed record SlackAnswer
{
    public bool Ok { get; init; }

    public string? Error { get; init; }

    public string? Channel { get; init; }

    public string? Ts { get; init; }
}
