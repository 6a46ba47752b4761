using System.Text.Json.Serialization;

namespace Monarch.Sandbox.Admin;

// A misspelt setting is refused rather than ignored: a test that sets nothing proves nothing.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SeedRequest))]
[JsonSerializable(typeof(RepositoryFlags))]
[JsonSerializable(typeof(RenameRequest))]
[JsonSerializable(typeof(SandboxFaults))]
[JsonSerializable(typeof(SandboxLimits))]
[JsonSerializable(typeof(List<ScriptedAnswer>))]
[JsonSerializable(typeof(RepositoryView))]
[JsonSerializable(typeof(List<RepositoryView>))]
[JsonSerializable(typeof(RequestsView))]
[JsonSerializable(typeof(IReadOnlyList<SlackMessageView>))]
[JsonSerializable(typeof(AdminError))]
sealed partial class AdminJson : JsonSerializerContext;
