using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Monarch.Bridge.DryRuns;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Status;

namespace Monarch.Bridge.Api;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(AcceptedMigration))]
[JsonSerializable(typeof(CommandRequest))]
[JsonSerializable(typeof(CredentialList))]
[JsonSerializable(typeof(DryRunView))]
[JsonSerializable(typeof(LogLevelList))]
[JsonSerializable(typeof(LogList))]
[JsonSerializable(typeof(LogView))]
[JsonSerializable(typeof(ServiceList))]
[JsonSerializable(typeof(MigrationList))]
[JsonSerializable(typeof(MigrationView))]
[JsonSerializable(typeof(ProcessList))]
[JsonSerializable(typeof(RejectionList))]
[JsonSerializable(typeof(ForeignRequest))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(List<string>))]
sealed partial class ApiJson : JsonSerializerContext;
