using System.Text.Json;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Intake;

/// <summary>Reads the fields that say what is copied.</summary>
static class CopyOptionsReader
{
    /// <param name="message">The message.</param>
    /// <param name="now">The present time (UTC).</param>
    /// <param name="faults">Receives every fault.</param>
    /// <returns>The options; null when they are those of a message without these fields.</returns>
    public static CopyOptions? Read(JsonElement message, DateTimeOffset now, List<RequestFault> faults)
    {
        var options = new CopyOptions
        {
            Labels = ReadFlag(message, RequestFields.Labels, faults),
            Milestones = ReadFlag(message, RequestFields.Milestones, faults),
            Types = ReadFlag(message, RequestFields.Types, faults),
            KeepAssignees = ReadFlag(message, RequestFields.KeepAssignees, faults),
            AssigneeMap = AssigneeMapReader.Read(message, faults),
            KeepMentions = ReadFlag(message, RequestFields.KeepMentions, faults),
            Comments = ReadFlag(message, RequestFields.Comments, faults),
            Update = ReadFlag(message, RequestFields.Update, faults),
            CloseRemoved = ReadFlag(message, RequestFields.CloseRemoved, faults),
            Issues = IssueSelectionReader.Read(message, now, faults),
        };
        return options == new CopyOptions() ? null : options;
    }

    static bool? ReadFlag(JsonElement message, string name, List<RequestFault> faults)
    {
        if (!ForeignJson.TryGet(message, name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            faults.Add(
                new(name, $"is a JSON {ForeignJson.Kind(value)}, not a boolean: give true or false, or leave it out for the setting.")
            );
            return null;
        }

        return value.GetBoolean();
    }
}
