using System.Text.Json.Serialization;

namespace Monarch.Workers.GitHub.Snapshots;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SnapshotIssue))]
[JsonSerializable(typeof(SourceListing))]
sealed partial class SnapshotJson : JsonSerializerContext;
