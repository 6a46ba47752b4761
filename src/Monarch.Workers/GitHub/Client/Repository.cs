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

    /// <summary>What the token's account may do; null where GitHub does not say.</summary>
    public RepositoryPermissions? Permissions { get; init; }
}

/// <summary>What the token's account may do in a repository. A fine-grained token may be allowed less than its account.</summary>
sealed record RepositoryPermissions
{
    public bool Admin { get; init; }

    public bool Maintain { get; init; }

    public bool Push { get; init; }

    public bool Triage { get; init; }

    public bool Pull { get; init; }
}
