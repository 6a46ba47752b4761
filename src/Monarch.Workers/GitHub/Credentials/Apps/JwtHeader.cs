namespace Monarch.Workers.GitHub.Credentials.Apps;

/// <summary>The header of a JSON web token.</summary>
sealed record JwtHeader(string Alg, string Typ);
