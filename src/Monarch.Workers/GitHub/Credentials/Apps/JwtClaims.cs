namespace Monarch.Workers.GitHub.Credentials.Apps;

/// <summary>The claims of a JSON web token: validity in seconds since 1970, and the App as issuer.</summary>
sealed record JwtClaims(long Iat, long Exp, string Iss);
