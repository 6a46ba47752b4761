using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>What the issues of a snapshot have: each label, milestone, type and assignee once. And which issues are missing since they are closed.</summary>
sealed record SnapshotFields
{
    public IReadOnlyList<Label> Labels { get; init; } = [];

    public IReadOnlyList<Milestone> Milestones { get; init; } = [];

    public IReadOnlyList<string> Types { get; init; } = [];

    public IReadOnlyList<string> Assignees { get; init; } = [];

    /// <summary>The issues that are not in the snapshot only because they are closed.</summary>
    public IReadOnlyList<ClosedIssue> Closed { get; init; } = [];
}

/// <summary>A closed issue of the source.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Reason">Why it was closed; null when GitHub does not return it.</param>
sealed record ClosedIssue(int Number, string? Reason);

/// <summary>A page of the source's issues.</summary>
/// <param name="Issues">The issues that the snapshot holds.</param>
sealed record SnapshotPage(IReadOnlyList<SnapshotIssue> Issues)
{
    /// <summary>The issues that it does not hold only because they are closed.</summary>
    public IReadOnlyList<ClosedIssue> Closed { get; init; } = [];
}

/// <summary>Collects <see cref="SnapshotFields"/> while a snapshot is written.</summary>
sealed class SnapshotFieldCollector
{
    readonly Dictionary<string, Label> _labels = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, Milestone> _milestones = new(StringComparer.OrdinalIgnoreCase);
    readonly SortedSet<string> _types = new(StringComparer.OrdinalIgnoreCase);
    readonly SortedSet<string> _assignees = new(StringComparer.OrdinalIgnoreCase);
    readonly List<ClosedIssue> _closed = [];

    public SnapshotFields Fields =>
        new()
        {
            Labels = [.. _labels.Values],
            Milestones = [.. _milestones.Values],
            Types = [.. _types],
            Assignees = [.. _assignees],
            Closed = _closed,
        };

    public void Add(IEnumerable<ClosedIssue> issues) => _closed.AddRange(issues);

    public void Add(SnapshotIssue issue)
    {
        foreach (var label in issue.Labels ?? [])
        {
            _labels.TryAdd(label.Name, label);
        }

        if (issue.Milestone is { } milestone)
        {
            _milestones.TryAdd(milestone.Title, milestone);
        }

        if (issue.Type is { } type)
        {
            _types.Add(type);
        }

        _assignees.UnionWith(issue.Assignees ?? []);
    }
}
