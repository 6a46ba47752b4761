namespace Monarch.Workers.GitHub.Client;

/// <summary>A repository as GitHub describes it.</summary>
sealed record Repository
{
    public required long Id { get; init; }

    /// <summary>Its present name, <c>owner/name</c>, in GitHub's spelling.</summary>
    public required string FullName { get; init; }

    public bool Private { get; init; }

    /// <summary>Archived: nothing can be written.</summary>
    public bool Archived { get; init; }

    /// <summary>Disabled by GitHub.</summary>
    public bool Disabled { get; init; }

    /// <summary>Are issues turned on?</summary>
    public required bool HasIssues { get; init; }

    /// <summary>How many issues and pull requests are open, as GitHub counts; it lags behind. Null where GitHub does not say.</summary>
    public int? OpenIssuesCount { get; init; }
}
