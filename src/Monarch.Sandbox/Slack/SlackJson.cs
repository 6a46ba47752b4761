using System.Text.Json.Serialization;

namespace Monarch.Sandbox.Slack;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SlackAnswerJson))]
sealed partial class SlackJson : JsonSerializerContext;
