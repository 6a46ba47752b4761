using System.Text.Json.Serialization;

namespace Monarch.Sandbox.Slack;

/// <summary>Slack's answer to every method; null properties are omitted.</summary>
sealed record SlackAnswerJson(bool Ok)
{
    public string? Error { get; init; }
    public string? Channel { get; init; }
    public string? Ts { get; init; }
    public string? Text { get; init; }
    public SlackMessageJson? Message { get; init; }
    public string? Warning { get; init; }
    public SlackMetadataJson? ResponseMetadata { get; init; }
    public string? Url { get; init; }
    public string? Team { get; init; }
    public string? User { get; init; }
    public string? TeamId { get; init; }
    public string? UserId { get; init; }
    public string? BotId { get; init; }
    public bool? IsEnterpriseInstall { get; init; }
}

sealed record SlackMessageJson(string User, string Type, string Ts, string BotId, string AppId, string Text, string Team)
{
    public SlackEditedJson? Edited { get; init; }
}

sealed record SlackEditedJson(string User, string Ts);

sealed record SlackMetadataJson(IReadOnlyList<string> Warnings);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SlackAnswerJson))]
sealed partial class SlackJson : JsonSerializerContext;
