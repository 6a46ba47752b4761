using System.Globalization;
using System.Text.Json.Serialization;

namespace Monarch.Bridge.Intake;

/// <summary>The Learning Platform's message.</summary>
sealed record ForeignRequest(
    [property: JsonPropertyName("source_repo")] string SourceRepo,
    [property: JsonPropertyName("all_target_repositories")] IReadOnlyList<string> AllTargetRepositories,
    [property: JsonPropertyName("notification_channel")] string? NotificationChannel,
    [property: JsonPropertyName("recreate")] bool? Recreate = null,
    [property: JsonPropertyName("traceparent")] string? TraceParent = null
)
{
    /// <summary>Whether labels are copied; left out for the workers' setting.</summary>
    [JsonPropertyName(RequestFields.Labels)]
    public bool? CopyLabels { get; init; }

    /// <summary>Whether milestones are copied; left out for the workers' setting.</summary>
    [JsonPropertyName(RequestFields.Milestones)]
    public bool? CopyMilestones { get; init; }

    /// <summary>Whether issue types are copied; left out for the workers' setting.</summary>
    [JsonPropertyName(RequestFields.Types)]
    public bool? CopyTypes { get; init; }

    /// <summary>Whether assignees stay assigned under the same login; left out for the workers' setting.</summary>
    [JsonPropertyName(RequestFields.KeepAssignees)]
    public bool? KeepAssignees { get; init; }

    /// <summary>Assignees of the source with their logins in the targets.</summary>
    [JsonPropertyName(RequestFields.Assignees)]
    public IReadOnlyDictionary<string, string>? Assignees { get; init; }

    /// <summary>Whether <c>@name</c> stays a mention, which notifies; left out for the workers' setting.</summary>
    [JsonPropertyName(RequestFields.KeepMentions)]
    public bool? KeepMentions { get; init; }

    /// <summary>Whether comments are copied; left out for the workers' setting.</summary>
    [JsonPropertyName(RequestFields.Comments)]
    public bool? CopyComments { get; init; }

    /// <summary>Whether changes of the source are brought to earlier copies; left out means no.</summary>
    [JsonPropertyName(RequestFields.Update)]
    public bool? Update { get; init; }

    /// <summary>Whether the copies of issues that were closed in the source since then are closed; left out means no.</summary>
    [JsonPropertyName(RequestFields.CloseRemoved)]
    public bool? CloseRemoved { get; init; }

    /// <summary>"open" for open issues, which is the default, or "all" for closed ones too.</summary>
    [JsonPropertyName(RequestFields.State)]
    public string? State { get; init; }

    /// <summary>The labels that an issue must have, all of them; a single one may be given as a text.</summary>
    [JsonPropertyName(RequestFields.Label)]
    public IReadOnlyList<string>? Label { get; init; }

    /// <summary>The title of the issue's milestone.</summary>
    [JsonPropertyName(RequestFields.Milestone)]
    public string? Milestone { get; init; }

    /// <summary>The numbers of the issues, such as 1-20,25; a number or a list of numbers is accepted too.</summary>
    [JsonPropertyName(RequestFields.Issues)]
    public string? Issues { get; init; }

    /// <summary>A date or time in ISO 8601: the issue was updated then or later.</summary>
    [JsonPropertyName(RequestFields.Since)]
    public string? Since { get; init; }

    public static ForeignRequest Of(MigrationRequest request)
    {
        var (copy, issues) = (request.Copy, request.Copy?.Issues);
        return new(request.Source, request.Targets, request.NotificationChannel, request.Recreate ? true : null, request.TraceParent)
        {
            CopyLabels = copy?.Labels,
            CopyMilestones = copy?.Milestones,
            CopyTypes = copy?.Types,
            KeepAssignees = copy?.KeepAssignees,
            Assignees = copy?.AssigneeMap,
            KeepMentions = copy?.KeepMentions,
            CopyComments = copy?.Comments,
            Update = copy?.Update,
            CloseRemoved = copy?.CloseRemoved,
            State = issues is { IncludeClosed: true } ? IssueSelectionReader.AllStates : null,
            Label = issues?.Labels,
            Milestone = issues?.Milestone,
            Issues = issues?.Numbers is { } numbers ? IssueRanges.Format(numbers) : null,
            Since = issues?.Since?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        };
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ForeignRequest))]
sealed partial class RequestJson : JsonSerializerContext;
