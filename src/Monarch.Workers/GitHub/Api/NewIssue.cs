using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monarch.Workers.GitHub.Api;

/// <summary>The request that creates an issue. GitHub ignores all but title and body silently when the account lacks push access.</summary>
/// <param name="Title">The title.</param>
/// <param name="Body">The body.</param>
sealed record NewIssue(string Title, string Body)
{
    [JsonIgnore]
    public bool HasFields => Labels is not null || Milestone is not null || Type is not null || Assignees is not null;

    /// <summary>Names of labels; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The number of a milestone; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Milestone { get; init; }

    /// <summary>The name of a type; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>Logins; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Assignees { get; init; }
}

/// <summary>The request that changes an issue. A member that is null stays as it is.</summary>
sealed record IssueChange
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Body { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StateReason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Labels { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Milestone { get; init; }

    /// <summary>The value of <see cref="Milestone"/>; null removes the milestone.</summary>
    public static JsonElement MilestoneOf(int? number) => JsonSerializer.SerializeToElement(number, GitHubJson.Default.NullableInt32);
}

/// <summary>The request that creates a label.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Color">Six hexadecimal digits.</param>
/// <param name="Description">Left out without one: GitHub's description of the API does not allow null.</param>
sealed record NewLabel(
    string Name,
    string Color,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description
);

/// <summary>The request that creates a milestone.</summary>
/// <param name="Title">Its title.</param>
/// <param name="State"><c>open</c> or <c>closed</c>.</param>
/// <param name="Description">Left out without one: GitHub's description of the API does not allow null.</param>
sealed record NewMilestone(
    string Title,
    string State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description
)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DueOn { get; init; }
}

/// <summary>The request that makes an issue, by its id, a sub-issue.</summary>
sealed record NewSubIssue(long SubIssueId);

/// <summary>The request that moves a sub-issue before or after another one, by their ids.</summary>
sealed record SubIssuePlace(long SubIssueId)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AfterId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? BeforeId { get; init; }
}

/// <summary>The request that makes an issue, by its id, block another one.</summary>
sealed record NewBlockingIssue(long IssueId);
