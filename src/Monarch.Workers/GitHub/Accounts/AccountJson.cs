using System.Text.Json.Serialization;
using Monarch.Workers.GitHub.Accounts.Apps;

namespace Monarch.Workers.GitHub.Accounts;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Installation))]
[JsonSerializable(typeof(AccessToken))]
[JsonSerializable(typeof(JwtHeader))]
[JsonSerializable(typeof(JwtClaims))]
sealed partial class AccountJson : JsonSerializerContext;
