using System.Text.Json.Serialization;

namespace Monarch.Bridge.Status;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportedCredential))]
sealed partial class CredentialViewJson : JsonSerializerContext;
