using System.Text.Json;
using Monarch.Bridge.Intake;
using Monarch.Contracts.Deployments;
using Monarch.Hosting.Settings;

namespace Monarch.Bridge.Deployments;

/// <summary>Reads <c>{"issue_id": "ABC-123", "status": "test"}</c>, or names all its faults. Unknown fields are ignored.</summary>
sealed class MoveTranslator(DeploymentServers servers)
{
    public const int MaxBytes = 1024 * 1024;

    const string Message = "The message";
    const string Issue = "issue_id";
    const string Status = "status";
    const string Example = $"{{\"{Issue}\": \"ABC-123\", \"{Status}\": \"test\"}}";

    /// <returns>The move, or null and the faults.</returns>
    public (Move? Move, IReadOnlyList<RequestFault> Faults) Read(ReadOnlyMemory<byte> message)
    {
        if (message.Length > MaxBytes)
        {
            return Refused($"has more than {MaxBytes} bytes (1 MiB): send one issue in a message.");
        }

        if (ForeignJson.FaultOf(message.Span, Example) is { } fault)
        {
            return Refused(fault);
        }

        try
        {
            using var document = JsonDocument.Parse(message);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return Refused($"is a JSON {ForeignJson.Kind(document.RootElement)}, not an object: send {Example}.");
            }

            var faults = new List<RequestFault>();
            var issue = Text(document.RootElement, Issue, "the issue's id, such as ABC-123", faults);
            var status = Text(document.RootElement, Status, $"one of {StatusNames.All}", faults);
            var move = Read(issue is null ? null : (Issue, issue), status is null ? null : (Status, status), faults);
            return (move, faults);
        }
        catch (JsonException e)
        {
            return Refused($"cannot be read as JSON: {e.Message}");
        }
    }

    /// <summary>Reads an issue's id and a status; null stands for a field whose fault is recorded already.</summary>
    /// <param name="issue">The issue's id.</param>
    /// <param name="status">The status.</param>
    /// <param name="faults">Receives the faults.</param>
    /// <param name="anyProject">Whether the project need not be configured.</param>
    /// <returns>The move; null when it has faults.</returns>
    public Move? Read(
        (string Field, string Text)? issue,
        (string Field, string Text)? status,
        List<RequestFault> faults,
        bool anyProject = false
    )
    {
        var id = issue is { } written ? ReadIssue(written.Field, written.Text, faults, anyProject) : null;
        var target = status is { } named ? ReadStatus(named.Field, named.Text, faults) : null;
        return id is { } known && target is { } found ? new(known.Project, known.Number, found) : null;
    }

    public static IssueStatus? ReadStatus(string field, string text, List<RequestFault> faults)
    {
        if (StatusNames.TryParse(text, out var status))
        {
            return status;
        }

        faults.Add(new(field, $"'{OneLine.Of(text)}' is not a status with a server: give one of {StatusNames.All}."));
        return null;
    }

    (string Project, int Number)? ReadIssue(string field, string text, List<RequestFault> faults, bool anyProject)
    {
        if (!IssueId.TryParse(text, out var project, out var number))
        {
            faults.Add(new(field, $"'{OneLine.Of(text)}' is not PROJECT-NUMBER: give the issue's id, such as ABC-123."));
            return null;
        }

        if (anyProject || servers.Knows(project))
        {
            return (project, number);
        }

        var near = servers.Near(project);
        var remedy = near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : "USHER_PROJECTS lists the projects.";
        faults.Add(new(field, $"'{IssueId.Of(project, number)}' is of the project {project}, which is not configured. {remedy}"));
        return null;
    }

    static string? Text(JsonElement message, string name, string expected, List<RequestFault> faults)
    {
        if (!ForeignJson.TryGet(message, name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            faults.Add(new(name, $"is missing: give {expected}."));
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add(new(name, $"is a JSON {ForeignJson.Kind(value)}, not a text: give {expected}."));
            return null;
        }

        if (ForeignJson.Text(value) is not { } text)
        {
            faults.Add(new(name, ForeignJson.UnpairedSurrogate));
            return null;
        }

        return text;
    }

    static (Move?, IReadOnlyList<RequestFault>) Refused(string problem) => (null, [new(Message, problem)]);
}
