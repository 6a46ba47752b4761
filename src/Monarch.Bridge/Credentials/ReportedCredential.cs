using Monarch.Contracts.GitHub;

namespace Monarch.Bridge.Credentials;

/// <summary>What a worker told last of a credential.</summary>
/// <param name="View">What the API shows of it.</param>
/// <param name="Forecast">How soon issues can be created with it; null when that is not known.</param>
sealed record ReportedCredential(CredentialView View, CreationForecast? Forecast = null);
