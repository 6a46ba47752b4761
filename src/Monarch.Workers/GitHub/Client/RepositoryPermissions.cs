namespace Monarch.Workers.GitHub.Client;

/// <summary>What the token's account may do in a repository. A fine-grained token may be allowed less than its account.</summary>
sealed record RepositoryPermissions
{
    public bool Admin { get; init; }

    public bool Maintain { get; init; }

    public bool Push { get; init; }

    public bool Triage { get; init; }

    public bool Pull { get; init; }
}
