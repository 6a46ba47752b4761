using System.Text.Json.Serialization;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SnapshotIssue))]
[JsonSerializable(typeof(SnapshotFields))]
[JsonSerializable(typeof(SourceListing))]
sealed partial class SnapshotJson : JsonSerializerContext;
