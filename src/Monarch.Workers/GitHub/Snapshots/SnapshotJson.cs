using System.Text.Json.Serialization;

namespace Monarch.Workers.GitHub.Snapshots;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SnapshotIssue))]
sealed partial class SnapshotJson : JsonSerializerContext;
