namespace Monarch.Sandbox.GitHub.Milestones;

/// <summary>The milestones of a repository, in order of their numbers. Thread-safe.</summary>
sealed class MilestoneList
{
    readonly Lock _lock = new();
    readonly List<Milestone> _milestones = [];

    public IReadOnlyList<Milestone> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _milestones];
            }
        }
    }

    public Milestone? Find(long number)
    {
        lock (_lock)
        {
            return number >= 1 && number <= _milestones.Count ? _milestones[(int)number - 1] : null;
        }
    }

    public Milestone? Find(string title)
    {
        lock (_lock)
        {
            return _milestones.Find(milestone => milestone.Title == title);
        }
    }

    /// <summary>Adds the milestone that <paramref name="create"/> returns for the next number; null: its title exists.</summary>
    public Milestone? Add(string title, Func<int, Milestone> create)
    {
        lock (_lock)
        {
            if (Find(title) is not null)
            {
                return null;
            }

            var milestone = create(_milestones.Count + 1);
            _milestones.Add(milestone);
            return milestone;
        }
    }
}

/// <summary>A milestone.</summary>
sealed record Milestone
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public string? Description { get; init; }
    public DateTimeOffset? DueOn { get; init; }
    public string? Creator { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was closed; null: it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When it was added to the sandbox: listings lag behind this time.</summary>
    public required DateTimeOffset InsertedAt { get; init; }

    public bool IsOpen => ClosedAt is null;
}
