using System.Text.Json.Serialization;
using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments.Leases;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeploymentEnded))]
sealed partial class LeaseJson : JsonSerializerContext;
