using Monarch.Bridge.Status;

namespace Monarch.Bridge.Api;

/// <summary>The credentials that workers reported within the last 15 minutes.</summary>
sealed record CredentialList(IReadOnlyList<CredentialView> Credentials);
