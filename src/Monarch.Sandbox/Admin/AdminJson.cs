using System.Text.Json.Serialization;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Admin;

// A misspelt setting is rejected instead of ignored: otherwise a test would pass without its fault.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
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
