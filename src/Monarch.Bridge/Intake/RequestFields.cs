namespace Monarch.Bridge.Intake;

/// <summary>The names of the message's optional fields that say what is copied.</summary>
static class RequestFields
{
    public const string Labels = "copy_labels";
    public const string Milestones = "copy_milestones";
    public const string Types = "copy_types";
    public const string KeepAssignees = "keep_assignees";
    public const string Assignees = "assignees";
    public const string KeepMentions = "keep_mentions";
    public const string Comments = "copy_comments";
    public const string Update = "update";
    public const string CloseRemoved = "close_removed";
    public const string State = "state";
    public const string Label = "label";
    public const string Milestone = "milestone";
    public const string Issues = "issues";
    public const string Since = "since";
}
