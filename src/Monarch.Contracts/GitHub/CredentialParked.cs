namespace Monarch.Contracts.GitHub;

/// <summary>
/// GitHub does not know a credential (any more): nothing is asked of GitHub with it until it is replaced. EventVersion again now and then
/// for as long as it lasts.
/// </summary>
public sealed record CredentialParked
{
    /// <summary>Names the credential; a digest, from which the token cannot be told.</summary>
    public required string Credential { get; init; }

    /// <summary>The account whose limits count for it; null when GitHub has never taken it.</summary>
    public string? Account { get; init; }

    /// <summary>What people know the account by; null when that is not known.</summary>
    public string? Login { get; init; }

    /// <summary>Since when (UTC).</summary>
    public required DateTimeOffset ParkedAt { get; init; }

    /// <summary>When it is tried again (UTC).</summary>
    public required DateTimeOffset RetryAt { get; init; }

    /// <summary>What GitHub said, with the remedy.</summary>
    public required Failure Failure { get; init; }

    /// <summary>How the budget of the account stands; null when that is not known.</summary>
    public BudgetReport? Budget { get; init; }
}
