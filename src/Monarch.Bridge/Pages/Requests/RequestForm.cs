using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Monarch.Bridge.Intake;

namespace Monarch.Bridge.Pages.Requests;

/// <summary>The form of a new migration as typed.</summary>
public sealed record RequestForm
{
    internal const string ByChoice = "";
    internal const string Yes = "yes";
    internal const string No = "no";

    /// <summary>The template.</summary>
    public string Source { get; init; } = "";

    /// <summary>The targets, one a line.</summary>
    public string Targets { get; init; } = "";

    /// <summary>The Slack channel.</summary>
    public string Channel { get; init; } = "";

    /// <summary>The choices of what is copied, by the names of their fields in the message.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether closed issues are copied too.</summary>
    public bool IncludesClosed { get; init; }

    /// <summary>The labels, one a line.</summary>
    public string Labels { get; init; } = "";

    /// <summary>The milestone.</summary>
    public string Milestone { get; init; } = "";

    /// <summary>The numbers of the issues.</summary>
    public string Issues { get; init; } = "";

    /// <summary>The earliest update.</summary>
    public string Since { get; init; } = "";

    /// <summary>Logins with those in the targets, one pair a line.</summary>
    public string Assignees { get; init; } = "";

    /// <summary>Whether deleted copies are created again.</summary>
    public bool Recreates { get; init; }

    /// <summary>Whether earlier copies are updated.</summary>
    public bool Updates { get; init; }

    /// <summary>Identifies the form, so that one that is sent twice starts one migration.</summary>
    public string Key { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>The names of the choices, each with its label.</summary>
    internal static IReadOnlyList<(string Field, string Name)> ChoiceNames { get; } =
    [
        (RequestFields.Labels, "Labels"),
        (RequestFields.Milestones, "Milestones"),
        (RequestFields.Types, "Issue types"),
        (RequestFields.KeepAssignees, "Assignees"),
        (RequestFields.KeepMentions, "Mentions"),
    ];

    internal static RequestForm Of(IFormCollection form) =>
        new()
        {
            Source = form["source"].ToString(),
            Targets = form["targets"].ToString(),
            Channel = form["channel"].ToString(),
            Choices = ChoiceNames.ToDictionary(choice => choice.Field, choice => form[choice.Field].ToString()),
            IncludesClosed = form["state"] == "all",
            Labels = form["label"].ToString(),
            Milestone = form["milestone"].ToString(),
            Issues = form["issues"].ToString(),
            Since = form["since"].ToString(),
            Assignees = form["assignees"].ToString(),
            Recreates = form["recreate"] == Yes,
            Updates = form["update"] == Yes,
            Key = form["key"].ToString() is { Length: > 0 and <= 64 } key ? key : Guid.NewGuid().ToString("N"),
        };

    /// <summary>The targets with the lines that they are in. A list may come from JSON: quotes, commas and brackets are left out.</summary>
    internal IReadOnlyList<(int Line, string Name)> TargetLines() =>
        [
            .. Lines(Targets)
                .SelectMany(line => line.Text.Split(',').Select(name => (line.Line, Name: name.Trim().Trim('"', '[', ']', '\'').Trim())))
                .Where(target => target.Name.Length > 0),
        ];

    /// <summary>The message that the Learning Platform would publish.</summary>
    /// <param name="faults">Receives lines that cannot be part of one.</param>
    internal ReadOnlyMemory<byte> Message(List<RequestFault> faults)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteText(json, RequestTranslator.Source, Source);
            json.WriteStartArray(RequestTranslator.Targets);
            foreach (var (_, name) in TargetLines())
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            WriteText(json, RequestTranslator.Channel, Channel);
            foreach (var (field, choice) in Choices.Where(choice => choice.Value is Yes or No))
            {
                json.WriteBoolean(field, choice == Yes);
            }

            WriteSelection(json);
            WriteAssignees(json, faults);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    void WriteSelection(Utf8JsonWriter json)
    {
        if (IncludesClosed)
        {
            json.WriteString(RequestFields.State, IssueSelectionReader.AllStates);
        }

        var labels = Lines(Labels).Select(line => line.Text.Trim()).Where(label => label.Length > 0).ToList();
        if (labels.Count > 0)
        {
            json.WriteStartArray(RequestFields.Label);
            labels.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }

        WriteText(json, RequestFields.Milestone, Milestone);
        WriteText(json, RequestFields.Issues, Issues);
        WriteText(json, RequestFields.Since, Since);
        if (Recreates)
        {
            json.WriteBoolean(RequestTranslator.Recreate, true);
        }

        if (Updates)
        {
            json.WriteBoolean(RequestFields.Update, true);
        }
    }

    void WriteAssignees(Utf8JsonWriter json, List<RequestFault> faults)
    {
        var lines = Lines(Assignees).Where(line => !string.IsNullOrWhiteSpace(line.Text)).ToList();
        if (lines.Count == 0)
        {
            return;
        }

        json.WriteStartObject(RequestFields.Assignees);
        foreach (var (number, text) in lines)
        {
            if (text.Split(':', 2) is [var source, var target])
            {
                json.WriteString(source.Trim(), target.Trim());
            }
            else
            {
                faults.Add(
                    new(RequestFields.Assignees, $"has line {number}, '{OneLine.Of(text)}', which is not of the form login: login.")
                );
            }
        }

        json.WriteEndObject();
    }

    static IEnumerable<(int Line, string Text)> Lines(string text) =>
        text.ReplaceLineEndings("\n").Split('\n').Select((line, index) => (index + 1, line));

    static void WriteText(Utf8JsonWriter json, string field, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            json.WriteString(field, text.Trim());
        }
    }
}
