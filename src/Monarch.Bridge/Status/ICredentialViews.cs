using Monarch.Contracts.GitHub;

namespace Monarch.Bridge.Status;

/// <summary>The workers' reports of their credentials. A report expires after 15 minutes.</summary>
interface ICredentialViews
{
    static readonly TimeSpan Retention = TimeSpan.FromMinutes(15);

    Task SetAsync(ReportedCredential report, CancellationToken cancellationToken);

    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<ReportedCredential>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>The latest report of a credential by a worker.</summary>
/// <param name="View">The credential as the API shows it.</param>
/// <param name="Forecast">How soon issues can be created with it; null when unknown.</param>
sealed record ReportedCredential(CredentialView View, CreationForecast? Forecast = null);
