using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monarch.Bridge.Intake;

namespace Monarch.Cli.Commands;

/// <summary>The options that say what a migration copies.</summary>
static class CopyArguments
{
    static readonly Option<bool> NoLabels = new("--no-labels") { Description = "Copy issues without their labels" };

    static readonly Option<bool> NoMilestones = new("--no-milestones") { Description = "Copy issues without their milestones" };

    static readonly Option<bool> NoTypes = new("--no-types") { Description = "Copy issues without their types" };

    static readonly Option<bool> KeepAssignees = new("--keep-assignees")
    {
        Description = "Assign the same logins, where they can be assigned in the target",
    };

    static readonly Option<string?> Assignees = new("--assignees")
    {
        HelpName = "file",
        Description = "Assign other logins: a file with a line 'login in the source: login in the targets' for each; # begins a comment",
    };

    static readonly Option<bool> KeepMentions = new("--keep-mentions") { Description = "Keep @mentions, which notify in every target" };

    static readonly Option<bool> Comments = new("--comments") { Description = "Copy comments, with their authors and dates" };

    static readonly Option<bool> Update = new("--update")
    {
        Description = "Bring changes of the source to earlier copies that were not edited",
    };

    static readonly Option<bool> CloseRemoved = new("--close-removed")
    {
        Description = "Close the copies of issues that were closed in the source since they were copied",
    };

    static readonly Option<string?> State = new("--state")
    {
        HelpName = $"{IssueSelectionReader.OpenState}|{IssueSelectionReader.AllStates}",
        Description = "Copy open issues, or closed ones too; open by default",
    };

    static readonly Option<string[]> Label = new("--label")
    {
        HelpName = "name",
        Description = "Copy only issues with this label; of several, with all of them",
    };

    static readonly Option<string?> Milestone = new("--milestone")
    {
        HelpName = "title",
        Description = "Copy only issues of this milestone",
    };

    static readonly Option<string?> Issues = new("--issues")
    {
        HelpName = "numbers",
        Description = "Copy only issues with these numbers, such as 1-20,25",
    };

    static readonly Option<string?> Since = new("--since")
    {
        HelpName = "date",
        Description = "Copy only issues updated then or later: a date or time in ISO 8601, UTC unless it has an offset",
    };

    public static void AddTo(Command command)
    {
        Option[] options =
        [
            NoLabels,
            NoMilestones,
            NoTypes,
            KeepAssignees,
            Assignees,
            KeepMentions,
            Comments,
            Update,
            CloseRemoved,
            State,
            Label,
            Milestone,
            Issues,
            Since,
        ];
        foreach (var option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>The fields of the message.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="faults">Receives the faults of the options and of the file.</param>
    public static JsonObject Read(ParseResult result, List<string> faults)
    {
        var fields = new JsonObject();
        Add(RequestFields.Labels, result.GetValue(NoLabels) ? false : null);
        Add(RequestFields.Milestones, result.GetValue(NoMilestones) ? false : null);
        Add(RequestFields.Types, result.GetValue(NoTypes) ? false : null);
        Add(RequestFields.KeepAssignees, result.GetValue(KeepAssignees) ? true : null);
        Add(RequestFields.Assignees, result.GetValue(Assignees) is { } path ? AssigneeFile.Read(path, faults) : null);
        Add(RequestFields.KeepMentions, result.GetValue(KeepMentions) ? true : null);
        Add(RequestFields.Comments, result.GetValue(Comments) ? true : null);
        Add(RequestFields.Update, result.GetValue(Update) ? true : null);
        Add(RequestFields.CloseRemoved, result.GetValue(CloseRemoved) ? true : null);
        Add(RequestFields.State, result.GetValue(State));
        Add(RequestFields.Label, result.GetValue(Label) is { Length: > 0 } labels ? new JsonArray([.. labels]) : null);
        Add(RequestFields.Milestone, result.GetValue(Milestone));
        Add(RequestFields.Issues, result.GetValue(Issues));
        Add(RequestFields.Since, result.GetValue(Since));
        faults.AddRange(FaultsOf(fields));
        return fields;

        void Add(string field, JsonNode? value)
        {
            if (value is not null)
            {
                fields[field] = value;
            }
        }
    }

    // By the rules of the Bridge: a publication has no answer. Each option is named as its field.
    static IEnumerable<string> FaultsOf(JsonObject fields)
    {
        using var message = JsonDocument.Parse(fields.ToJsonString());
        var faults = new List<RequestFault>();
        CopyOptionsReader.Read(message.RootElement, TimeProvider.System.GetUtcNow(), faults);
        return faults.Select(fault => $"--{fault.Field.Split('[')[0]} {fault.Problem}");
    }
}
