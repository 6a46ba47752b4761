using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>What the issues of a snapshot have: each label, milestone, type and assignee once.</summary>
sealed record SnapshotFields
{
    public IReadOnlyList<Label> Labels { get; init; } = [];

    public IReadOnlyList<Milestone> Milestones { get; init; } = [];

    public IReadOnlyList<string> Types { get; init; } = [];

    public IReadOnlyList<string> Assignees { get; init; } = [];
}

/// <summary>Collects <see cref="SnapshotFields"/> while a snapshot is written.</summary>
sealed class SnapshotFieldCollector
{
    readonly Dictionary<string, Label> _labels = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, Milestone> _milestones = new(StringComparer.OrdinalIgnoreCase);
    readonly SortedSet<string> _types = new(StringComparer.OrdinalIgnoreCase);
    readonly SortedSet<string> _assignees = new(StringComparer.OrdinalIgnoreCase);

    public SnapshotFields Fields =>
        new()
        {
            Labels = [.. _labels.Values],
            Milestones = [.. _milestones.Values],
            Types = [.. _types],
            Assignees = [.. _assignees],
        };

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
