namespace Monarch.Contracts.GitHub;

/// <summary>GitHub takes a credential of a worker. EventVersion again now and then for as long as the worker lives.</summary>
public sealed record CredentialWorking
{
    /// <summary>Names the credential; a digest, from which the token cannot be told.</summary>
    public required string Credential { get; init; }

    /// <summary>The account whose limits count for it: credentials of one account share them.</summary>
    public required string Account { get; init; }

    /// <summary>What people know the account by; null when GitHub does not say.</summary>
    public string? Login { get; init; }

    /// <summary>Since when the worker knows (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How the budget of the account stands; null when that is not known.</summary>
    public BudgetReport? Budget { get; init; }

    /// <summary>How soon issues can be created with the account; null when that is not known.</summary>
    public CreationForecast? Forecast { get; init; }
}
