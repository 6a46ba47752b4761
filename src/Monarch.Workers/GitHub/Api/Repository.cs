namespace Monarch.Workers.GitHub.Api;

/// <summary>A repository as GitHub describes it.</summary>
sealed record Repository
{
    public required long Id { get; init; }

    /// <summary>Its current name, <c>owner/name</c>, in GitHub's spelling.</summary>
    public required string FullName { get; init; }

    public bool Private { get; init; }

    /// <summary>Archived, so read-only.</summary>
    public bool Archived { get; init; }

    /// <summary>Disabled by GitHub.</summary>
    public bool Disabled { get; init; }

    /// <summary>Whether issues are turned on.</summary>
    public required bool HasIssues { get; init; }

    /// <summary>GitHub's count of open issues and pull requests, which lags behind. Null when GitHub does not return it.</summary>
    public int? OpenIssuesCount { get; init; }

    /// <summary>What the account may do; null when GitHub does not return it, as for an anonymous request.</summary>
    public RepositoryPermissions? Permissions { get; init; }
}

/// <summary>What an account may do in a repository. For an App GitHub returns its permissions on the code, not on issues.</summary>
sealed record RepositoryPermissions
{
    /// <summary>Whether it may push (the role Write); null when GitHub does not return it.</summary>
    public bool? Push { get; init; }
}
