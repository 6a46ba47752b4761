using Monarch.Contracts;
using Monarch.Contracts.GitHub;

namespace Monarch.Bridge.Status;

/// <summary>A credential as the API shows it.</summary>
public sealed record CredentialView
{
    /// <summary>Its name: a digest that does not reveal the token.</summary>
    public required string Name { get; init; }

    /// <summary>The account whose limits apply to it; left out when unknown.</summary>
    public string? Account { get; init; }

    /// <summary>The login of the account; left out when unknown.</summary>
    public string? Login { get; init; }

    /// <summary>Whether GitHub accepts it.</summary>
    public required CredentialStatus Status { get; init; }

    /// <summary>Since when (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it is retried (UTC); left out when it works.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Why GitHub refuses it, with the remedy; left out when it works.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The limits of its account and their use; left out when unknown.</summary>
    public BudgetReport? Budget { get; init; }

    /// <summary>When a worker last reported it (UTC).</summary>
    public required DateTimeOffset ReportedAt { get; init; }
}

/// <summary>Whether GitHub accepts a credential.</summary>
public enum CredentialStatus
{
    /// <summary>GitHub accepts it.</summary>
    Working = 0,

    /// <summary>GitHub refused it: no request is sent with it until it is replaced or accepted again.</summary>
    Parked = 1,
}
