namespace Monarch.Workers.GitHub.Credentials;

/// <summary>Whose a credential is.</summary>
/// <param name="Key">The account's key.</param>
/// <param name="Login">What people know it by; null when GitHub does not say.</param>
sealed record AccountName(string Key, string? Login);
