using System.Text.Json.Serialization;

namespace Monarch.Sandbox.Slack;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SlackAnswerJson))]
internal sealed partial class SlackJson : JsonSerializerContext;
