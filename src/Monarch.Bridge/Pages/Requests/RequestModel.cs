using Monarch.Bridge.Intake;

namespace Monarch.Bridge.Pages.Requests;

/// <summary>What the page of a new migration shows.</summary>
/// <param name="Form">What was typed.</param>
public sealed record RequestModel(RequestForm Form)
{
    const int MaxLinesShown = 10;

    /// <summary>What is wrong with each field, by the field's id.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The fields, each with its label, in the order of the page.</summary>
    internal static IReadOnlyList<(string Id, string Name, string Field)> Fields { get; } =
    [
        ("source", "Template repository", RequestTranslator.Source),
        ("targets", "Target repositories", RequestTranslator.Targets),
        ("channel", "Slack channel", RequestTranslator.Channel),
        ("label", "Labels", RequestFields.Label),
        ("milestone", "Milestone", RequestFields.Milestone),
        ("issues", "Numbers", RequestFields.Issues),
        ("since", "Updated since", RequestFields.Since),
        ("assignees", "Other logins", RequestFields.Assignees),
    ];

    internal static RequestModel Refused(RequestForm form, IReadOnlyList<RequestFault> faults)
    {
        var lines = form.TargetLines();
        return new(form)
        {
            Errors = faults
                .GroupBy(fault => Fields.FirstOrDefault(field => Concerns(fault, field.Field)).Id ?? "targets")
                .ToDictionary(
                    group => group.Key,
                    group => (IReadOnlyList<string>)Shortened([.. group.Select(fault => Sentence(fault, lines))])
                ),
        };
    }

    static bool Concerns(RequestFault fault, string field) =>
        fault.Field == field || fault.Field.StartsWith($"{field}[", StringComparison.Ordinal);

    static List<string> Shortened(List<string> errors) =>
        errors.Count > MaxLinesShown ? [.. errors.Take(MaxLinesShown), $"And {errors.Count - MaxLinesShown} more."] : errors;

    // "all_target_repositories[5] 'x' is not …" becomes "Line 6: 'x' is not …", and "issues is …" becomes "It is …".
    static string Sentence(RequestFault fault, IReadOnlyList<(int Line, string Name)> lines)
    {
        var place = fault.Field.IndexOf('[', StringComparison.Ordinal);
        if (place >= 0 && int.TryParse(fault.Field.AsSpan(place + 1).TrimEnd(']'), out var index) && index < lines.Count)
        {
            return $"Line {lines[index].Line}: {fault.Problem}";
        }

        var isQuote = fault.Problem.StartsWith('\'');
        return isQuote ? fault.Problem : $"It {fault.Problem}";
    }
}
