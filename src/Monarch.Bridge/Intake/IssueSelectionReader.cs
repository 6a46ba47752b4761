using System.Globalization;
using System.Text.Json;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Intake;

/// <summary>Reads the fields that select issues of the source.</summary>
static class IssueSelectionReader
{
    public const string OpenState = "open";
    public const string AllStates = "all";

    // GitHub's limit for the name of a label.
    const int MaxLabelLength = 50;
    const int MaxLabels = 100;
    const int MaxMilestoneLength = 1024;
    const int MaxRanges = 500;
    const int MaxWordLength = 100;

    // A date may be tomorrow's in UTC, and clocks differ.
    static readonly TimeSpan FutureAllowed = TimeSpan.FromDays(1);

    static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <returns>Null for all open issues.</returns>
    public static IssueSelection? Read(JsonElement message, DateTimeOffset now, List<RequestFault> faults)
    {
        var selection = new IssueSelection
        {
            IncludeClosed = Find(message, RequestFields.State) is { } state && ReadState(state, faults),
            Labels = Find(message, RequestFields.Label) is { } labels ? ReadLabels(labels, faults) : null,
            Milestone = Find(message, RequestFields.Milestone) is { } milestone
                ? ForeignText.Read(milestone, RequestFields.Milestone, "give the milestone's title", MaxMilestoneLength, faults)
                : null,
            Numbers = Find(message, RequestFields.Issues) is { } numbers ? ReadNumbers(numbers, faults) : null,
            Since = Find(message, RequestFields.Since) is { } since ? ReadSince(since, now, faults) : null,
        };
        return selection == new IssueSelection() ? null : selection;
    }

    static JsonElement? Find(JsonElement message, string name) =>
        ForeignJson.TryGet(message, name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <returns>Whether closed issues are selected too.</returns>
    static bool ReadState(JsonElement value, List<RequestFault> faults)
    {
        const string Remedy = $"give '{OpenState}' for open issues, or '{AllStates}' for closed ones too";
        var state = ForeignText.Read(value, RequestFields.State, Remedy, MaxWordLength, faults);
        if (state is not (null or OpenState or AllStates))
        {
            faults.Add(new(RequestFields.State, $"'{OneLine.Of(state)}' is neither '{OpenState}' nor '{AllStates}': {Remedy}."));
        }

        return state == AllStates;
    }

    static List<string>? ReadLabels(JsonElement value, List<RequestFault> faults)
    {
        var labels = new List<string>();
        foreach (var (field, element) in Elements(value, RequestFields.Label, "name at least one label", faults))
        {
            var label = ForeignText.Read(element, field, "give a label's name", MaxLabelLength, faults);
            if (label is not null && !labels.Contains(label, StringComparer.OrdinalIgnoreCase))
            {
                labels.Add(label);
            }
        }

        if (labels.Count > MaxLabels)
        {
            faults.Add(new(RequestFields.Label, $"names {labels.Count} labels and {MaxLabels} are allowed: name fewer."));
        }

        return labels.Count == 0 ? null : labels;
    }

    static List<NumberRange>? ReadNumbers(JsonElement value, List<RequestFault> faults)
    {
        const string Remedy = "give issue numbers such as \"1-20,25\" or [1, 2, 25]";
        var ranges = new List<NumberRange>();
        foreach (var (field, element) in Elements(value, RequestFields.Issues, Remedy, faults))
        {
            var text =
                element.ValueKind == JsonValueKind.Number
                    ? element.GetRawText()
                    : ForeignText.Read(element, field, Remedy, RequestTranslator.MaxBytes, faults);
            if (text is not null)
            {
                var problems = new List<string>();
                ranges.AddRange(IssueRanges.Parse(text, problems));
                faults.AddRange(problems.Select(problem => new RequestFault(field, problem)));
            }
        }

        ranges = IssueRanges.Merge(ranges);
        if (ranges.Count > MaxRanges)
        {
            faults.Add(
                new(
                    RequestFields.Issues,
                    $"holds {ranges.Count} separate ranges and {MaxRanges} are allowed: send them in several requests."
                )
            );
        }

        return ranges.Count == 0 ? null : ranges;
    }

    static DateTimeOffset? ReadSince(JsonElement value, DateTimeOffset now, List<RequestFault> faults)
    {
        const string Remedy = "give a date or time in ISO 8601, such as 2026-09-01 or 2026-09-01T08:30:00Z";
        if (ForeignText.Read(value, RequestFields.Since, Remedy, MaxWordLength, faults) is not { } text)
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, Utc, out var since))
        {
            faults.Add(new(RequestFields.Since, $"'{OneLine.Of(text)}' is no date or time that exists: {Remedy}."));
            return null;
        }

        if (since > now + FutureAllowed)
        {
            faults.Add(new(RequestFields.Since, $"'{text}' is in the future, and no issue was updated since: give an earlier date."));
        }

        return since;
    }

    /// <summary>The value itself, or the elements of the list that it is.</summary>
    static List<(string Field, JsonElement Value)> Elements(JsonElement value, string field, string remedy, List<RequestFault> faults)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return [(field, value)];
        }

        // An empty list would select every issue, while its sender may have meant none.
        if (value.GetArrayLength() == 0)
        {
            faults.Add(new(field, $"is an empty list: {remedy}, or leave it out."));
        }

        return [.. value.EnumerateArray().Select((element, index) => ($"{field}[{index}]", element))];
    }
}
