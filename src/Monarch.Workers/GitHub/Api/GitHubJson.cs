using System.Text.Json.Serialization;

namespace Monarch.Workers.GitHub.Api;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(Repository))]
[JsonSerializable(typeof(Issue))]
[JsonSerializable(typeof(IReadOnlyList<Issue>))]
[JsonSerializable(typeof(IReadOnlyList<Label>))]
[JsonSerializable(typeof(IReadOnlyList<Milestone>))]
[JsonSerializable(typeof(IReadOnlyList<IssueType>))]
[JsonSerializable(typeof(Comment))]
[JsonSerializable(typeof(IReadOnlyList<Comment>))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(NewIssue))]
[JsonSerializable(typeof(NewComment))]
[JsonSerializable(typeof(NewLabel))]
[JsonSerializable(typeof(NewMilestone))]
[JsonSerializable(typeof(IssueChange))]
[JsonSerializable(typeof(NewSubIssue))]
[JsonSerializable(typeof(SubIssuePlace))]
[JsonSerializable(typeof(NewBlockingIssue))]
sealed partial class GitHubJson : JsonSerializerContext;
