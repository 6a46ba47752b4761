using Monarch.Contracts.GitHub;

namespace Monarch.Bridge.Status;

/// <summary>The latest report of a credential by a worker.</summary>
/// <param name="View">The credential as the API shows it.</param>
/// <param name="Forecast">How soon issues can be created with it; null when unknown.</param>
sealed record ReportedCredential(CredentialView View, CreationForecast? Forecast = null);
