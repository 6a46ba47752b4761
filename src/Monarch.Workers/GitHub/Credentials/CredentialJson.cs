using System.Text.Json.Serialization;
using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Credentials;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Failure))]
sealed partial class CredentialJson : JsonSerializerContext;
