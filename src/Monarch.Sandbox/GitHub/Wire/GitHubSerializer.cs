using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>Writes GitHub's JSON in the version that was asked for.</summary>
static class GitHubSerializer
{
    const string MediaType = "application/json; charset=utf-8";

    static readonly JsonSerializerOptions First = With(GitHubJson.Default);
    static readonly JsonSerializerOptions Second = With(GitHubJson.Default.WithAddedModifier(Drop));

    public static Answer Answer<T>(int status, T value, string version)
    {
        var options = version == ApiVersion.Second ? Second : First;
        return new Answer(status, JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T))), MediaType);
    }

    public static Answer Answer<T>(int status, T value) => Answer(status, value, ApiVersion.First);

    static JsonSerializerOptions With(IJsonTypeInfoResolver resolver) => new(GitHubJson.Default.Options)
    {
        // GitHub sends text as it is, not escaped to ASCII.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = resolver,
    };

    static void Drop(JsonTypeInfo info)
    {
        var gone = info.Type == typeof(IssueJson) ? "assignee" : info.Type == typeof(RateLimitJson) ? "rate" : null;
        for (var i = info.Properties.Count - 1; gone is not null && i >= 0; i--)
            if (info.Properties[i].Name == gone)
                info.Properties.RemoveAt(i);
    }
}
