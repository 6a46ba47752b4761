namespace Monarch.Workers.GitHub.Copying.Fields;

/// <summary>What a target offers of what the issues of a source have. Names are compared without regard to case.</summary>
sealed record TargetFields
{
    /// <summary>The snapshot for which the target was prepared; null when an earlier version asked for it.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>The labels that it lacks, with the reason for which they could not be created.</summary>
    public IReadOnlyDictionary<string, string> MissingLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>The numbers of its milestones, by title.</summary>
    public IReadOnlyDictionary<string, int> Milestones { get; init; } = new Dictionary<string, int>();

    /// <summary>The milestones that it lacks, with the reason for which they could not be created.</summary>
    public IReadOnlyDictionary<string, string> MissingMilestones { get; init; } = new Dictionary<string, string>();

    /// <summary>The issue types of its organisation.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The logins in question that its issues can be assigned to.</summary>
    public IReadOnlyList<string> Assignable { get; init; } = [];
}
