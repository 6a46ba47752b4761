using System.Text.Json.Serialization;

namespace Monarch.Bridge.Intake;

/// <summary>The Learning Platform's message.</summary>
sealed record ForeignRequest(
    [property: JsonPropertyName("source_repo")] string SourceRepo,
    [property: JsonPropertyName("all_target_repositories")] IReadOnlyList<string> AllTargetRepositories,
    [property: JsonPropertyName("notification_channel")] string? NotificationChannel,
    [property: JsonPropertyName("recreate")] bool? Recreate = null,
    [property: JsonPropertyName("traceparent")] string? TraceParent = null
);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ForeignRequest))]
sealed partial class RequestJson : JsonSerializerContext;
