using System.Text.Json.Serialization;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.GitHub.Ledgers;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RejectedIssue))]
sealed partial class LedgerJson : JsonSerializerContext;
