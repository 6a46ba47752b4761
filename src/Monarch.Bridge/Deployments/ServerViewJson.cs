using System.Text.Json.Serialization;
using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServerProgressed))]
sealed partial class ServerViewJson : JsonSerializerContext;
