namespace Monarch.Contracts.GitHub;

/// <summary>
/// GitHub refuses a credential: no request is sent with it until it is replaced. Published periodically while this lasts.
/// </summary>
public sealed record CredentialParked
{
    /// <summary>Names the credential; a digest that does not reveal the token.</summary>
    public required string Credential { get; init; }

    /// <summary>The account whose limits apply to it; null when GitHub has never accepted it.</summary>
    public string? Account { get; init; }

    /// <summary>The login of the account; null when unknown.</summary>
    public string? Login { get; init; }

    /// <summary>Since when (UTC).</summary>
    public required DateTimeOffset ParkedAt { get; init; }

    /// <summary>When it is retried (UTC).</summary>
    public required DateTimeOffset RetryAt { get; init; }

    /// <summary>GitHub's answer, with the remedy.</summary>
    public required Failure Failure { get; init; }

    /// <summary>The state of the budget of the account; null when unknown.</summary>
    public BudgetReport? Budget { get; init; }
}
