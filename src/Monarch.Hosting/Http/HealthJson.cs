using System.Text.Json.Serialization;

namespace Monarch.Hosting.Http;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(HealthSummary))]
sealed partial class HealthJson : JsonSerializerContext;
