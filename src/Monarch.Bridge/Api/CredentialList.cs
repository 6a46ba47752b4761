using Monarch.Bridge.Credentials;

namespace Monarch.Bridge.Api;

/// <summary>The credentials that workers told of within a quarter of an hour.</summary>
sealed record CredentialList(IReadOnlyList<CredentialView> Credentials);
