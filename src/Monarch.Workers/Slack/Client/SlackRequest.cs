using System.Text.Json.Serialization;

namespace Monarch.Workers.Slack.Client;

/// <summary>What <c>chat.postMessage</c> and <c>chat.update</c> are sent.</summary>
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
