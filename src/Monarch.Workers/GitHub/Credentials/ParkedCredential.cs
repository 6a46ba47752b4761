using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>A credential with which nothing is asked of GitHub.</summary>
/// <param name="Since">Since when (UTC).</param>
/// <param name="RetryAt">Not before then (UTC) does one request try whether it works again.</param>
/// <param name="Failure">What GitHub said.</param>
sealed record ParkedCredential(DateTimeOffset Since, DateTimeOffset RetryAt, Failure Failure);
