using System.Text.Json.Serialization;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Status;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(BatchProgressed))]
[JsonSerializable(typeof(RepositoryProgressed))]
[JsonSerializable(typeof(ReportedCredential))]
sealed partial class StatusJson : JsonSerializerContext;
