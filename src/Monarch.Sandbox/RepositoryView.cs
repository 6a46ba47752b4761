namespace Monarch.Sandbox;

/// <summary>A repository as it is now.</summary>
public sealed record RepositoryView
{
    /// <summary>GitHub's numeric id.</summary>
    public required long Id { get; init; }

    /// <summary>Its present name, <c>owner/name</c>.</summary>
    public required string FullName { get; init; }

    /// <summary>How many issues and pull requests it holds.</summary>
    public required int Count { get; init; }

    /// <summary>The most requests to create an issue in it that were under way at once.</summary>
    public required int HighestConcurrentCreations { get; init; }

    /// <summary>Its issues and pull requests in the order of creation; null in a list of repositories.</summary>
    public IReadOnlyList<IssueView>? Issues { get; init; }
}
