namespace Monarch.Workers.GitHub.Credentials.Apps;

/// <summary>The second part of a JSON web token: from when to when (seconds since 1970) it says that we are the App.</summary>
sealed record JwtClaims(long Iat, long Exp, string Iss);
