using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>Writes GitHub's JSON in the requested version.</summary>
static class GitHubSerializer
{
    const string MediaType = "application/json; charset=utf-8";

    static readonly string[] Relations = ["type", "parent_issue_url", "sub_issues_summary", "issue_dependencies_summary"];
    static readonly IJsonTypeInfoResolver Resolver = GitHubJson.Default.WithAddedModifier(OmitRelations);
    static readonly JsonSerializerOptions First = With(Resolver);
    static readonly JsonSerializerOptions Second = With(Resolver.WithAddedModifier(RemoveFields));

    public static Answer Answer<T>(int status, T value, string version)
    {
        var options = version == ApiVersion.Second ? Second : First;
        return new Answer(status, JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T))), MediaType);
    }

    public static Answer Answer<T>(int status, T value) => Answer(status, value, ApiVersion.First);

    static JsonSerializerOptions With(IJsonTypeInfoResolver resolver) =>
        new(GitHubJson.Default.Options)
        {
            // GitHub sends text unescaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = resolver,
        };

    static void OmitRelations(JsonTypeInfo info)
    {
        if (info.Type != typeof(IssueJson))
        {
            return;
        }

        foreach (var property in info.Properties.Where(property => Relations.Contains(property.Name)))
        {
            property.ShouldSerialize = (issue, _) => ((IssueJson)issue).HasRelations;
        }
    }

    static void RemoveFields(JsonTypeInfo info)
    {
        if (info.Type == typeof(PullRequestJson))
        {
            info.Properties.First(property => property.Name == "merged_at").ShouldSerialize = (_, value) => value is not null;
        }

        var removed =
            info.Type == typeof(IssueJson) ? "assignee"
            : info.Type == typeof(RateLimitJson) ? "rate"
            : info.Type == typeof(RepositoryJson) ? "has_downloads"
            : null;
        for (var i = info.Properties.Count - 1; removed is not null && i >= 0; i--)
        {
            if (info.Properties[i].Name == removed)
            {
                info.Properties.RemoveAt(i);
            }
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IssueJson))]
[JsonSerializable(typeof(List<IssueJson>))]
[JsonSerializable(typeof(LabelJson))]
[JsonSerializable(typeof(List<LabelJson>))]
[JsonSerializable(typeof(MilestoneJson))]
[JsonSerializable(typeof(List<MilestoneJson>))]
[JsonSerializable(typeof(CommentJson))]
[JsonSerializable(typeof(List<CommentJson>))]
[JsonSerializable(typeof(List<IssueTypeJson>))]
[JsonSerializable(typeof(List<UserJson>))]
[JsonSerializable(typeof(RepositoryJson))]
[JsonSerializable(typeof(ProfileJson))]
[JsonSerializable(typeof(AppJson))]
[JsonSerializable(typeof(InstallationJson))]
[JsonSerializable(typeof(List<InstallationJson>))]
[JsonSerializable(typeof(AccessTokenJson))]
[JsonSerializable(typeof(RateLimitJson))]
[JsonSerializable(typeof(ErrorJson))]
[JsonSerializable(typeof(VersionErrorJson))]
[JsonSerializable(typeof(RedirectJson))]
[JsonSerializable(typeof(string))]
sealed partial class GitHubJson : JsonSerializerContext;

/// <summary>GitHub's global node ids: a prefix of the kind and an opaque value.</summary>
static class NodeIds
{
    public static string Of(string kind, long id)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id);
        return $"{kind}_{Base64Url.EncodeToString(bytes)}";
    }
}

/// <summary>GitHub's times: UTC, whole seconds.</summary>
static class Times
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
