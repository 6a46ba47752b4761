namespace Monarch.Workers.GitHub.Credentials.Apps;

/// <summary>The first part of a JSON web token.</summary>
sealed record JwtHeader(string Alg, string Typ);
