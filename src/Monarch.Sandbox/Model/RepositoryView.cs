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

    /// <summary>The highest number of concurrent requests to create an issue in it.</summary>
    public required int HighestConcurrentCreations { get; init; }

    /// <summary>Its issues and pull requests in order of creation; null in a list of repositories.</summary>
    public IReadOnlyList<IssueView>? Issues { get; init; }
}
