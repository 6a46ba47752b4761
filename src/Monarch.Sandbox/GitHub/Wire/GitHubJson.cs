using System.Text.Json.Serialization;

namespace Monarch.Sandbox.GitHub.Wire;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IssueJson))]
[JsonSerializable(typeof(List<IssueJson>))]
[JsonSerializable(typeof(RepositoryJson))]
[JsonSerializable(typeof(UserJson))]
[JsonSerializable(typeof(AppJson))]
[JsonSerializable(typeof(InstallationJson))]
[JsonSerializable(typeof(AccessTokenJson))]
[JsonSerializable(typeof(RateLimitJson))]
[JsonSerializable(typeof(ErrorJson))]
[JsonSerializable(typeof(VersionErrorJson))]
[JsonSerializable(typeof(RedirectJson))]
sealed partial class GitHubJson : JsonSerializerContext;
