using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>A credential that is not used until GitHub accepts it again.</summary>
/// <param name="Since">When it was parked (UTC).</param>
/// <param name="RetryAt">The earliest time of the next probe (UTC).</param>
/// <param name="Failure">GitHub's refusal.</param>
sealed record ParkedCredential(DateTimeOffset Since, DateTimeOffset RetryAt, Failure Failure);
