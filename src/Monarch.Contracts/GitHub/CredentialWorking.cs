namespace Monarch.Contracts.GitHub;

/// <summary>GitHub accepts a credential of a worker. Published periodically while the worker runs.</summary>
public sealed record CredentialWorking
{
    /// <summary>Names the credential; a digest that does not reveal the token.</summary>
    public required string Credential { get; init; }

    /// <summary>The account whose limits apply to it: credentials of one account share the limits.</summary>
    public required string Account { get; init; }

    /// <summary>The login of the account; null when unknown.</summary>
    public string? Login { get; init; }

    /// <summary>When the worker first observed it (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The state of the budget of the account; null when unknown.</summary>
    public BudgetReport? Budget { get; init; }

    /// <summary>How soon issues can be created with the account; null when unknown.</summary>
    public CreationForecast? Forecast { get; init; }
}
