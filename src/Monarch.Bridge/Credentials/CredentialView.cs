using Monarch.Contracts;
using Monarch.Contracts.GitHub;

namespace Monarch.Bridge.Credentials;

/// <summary>A credential as the API shows it.</summary>
sealed record CredentialView
{
    /// <summary>Names it; a digest, from which the token cannot be told.</summary>
    public required string Name { get; init; }

    /// <summary>The account whose limits count for it; left out when that is not known.</summary>
    public string? Account { get; init; }

    /// <summary>What people know the account by; left out when that is not known.</summary>
    public string? Login { get; init; }

    /// <summary>Whether GitHub takes it.</summary>
    public required CredentialStatus Status { get; init; }

    /// <summary>Since when (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it is tried again (UTC); left out when it works.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Why GitHub refuses it, with the remedy; left out when it works.</summary>
    public Failure? Failure { get; init; }

    /// <summary>What it may ask of GitHub and how much of it is used; left out when that is not known.</summary>
    public BudgetReport? Budget { get; init; }

    /// <summary>When a worker last told of it (UTC).</summary>
    public required DateTimeOffset ReportedAt { get; init; }
}
