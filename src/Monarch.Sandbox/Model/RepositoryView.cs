namespace Monarch.Sandbox.Model;

/// <summary>The current state of a repository.</summary>
public sealed record RepositoryView
{
    /// <summary>GitHub's numeric id.</summary>
    public required long Id { get; init; }

    /// <summary>Its current name, <c>owner/name</c>.</summary>
    public required string FullName { get; init; }

    /// <summary>The number of its issues and pull requests.</summary>
    public required int Count { get; init; }

    /// <summary>The highest number of concurrent requests to create an issue or a comment in it.</summary>
    public required int HighestConcurrentCreations { get; init; }

    /// <summary>Its issues and pull requests in order of creation; null in a list of repositories.</summary>
    public IReadOnlyList<IssueView>? Issues { get; init; }

    /// <summary>Its labels in order of creation.</summary>
    public IReadOnlyList<LabelView> Labels { get; init; } = [];

    /// <summary>Its milestones in order of their numbers.</summary>
    public IReadOnlyList<MilestoneView> Milestones { get; init; } = [];
}

/// <summary>The current state of a label.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Color">Its colour: six hexadecimal digits.</param>
/// <param name="Description">Its description; null: none.</param>
public sealed record LabelView(string Name, string Color, string? Description);

/// <summary>The current state of a milestone.</summary>
/// <param name="Number">Its number in the repository.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">Its description; null: none.</param>
/// <param name="State"><c>open</c> or <c>closed</c>.</param>
/// <param name="DueOn">Its due date (UTC); null: none.</param>
public sealed record MilestoneView(int Number, string Title, string? Description, string State, DateTimeOffset? DueOn);
