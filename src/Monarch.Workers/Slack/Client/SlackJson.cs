using System.Text.Json.Serialization;

namespace Monarch.Workers.Slack.Client;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SlackRequest))]
[JsonSerializable(typeof(SlackAnswer))]
sealed partial class SlackJson : JsonSerializerContext;
