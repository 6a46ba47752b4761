namespace Monarch.Workers.GitHub.Credentials;

/// <summary>The account of a credential.</summary>
/// <param name="Key">The account's key.</param>
/// <param name="Login">Its login; null when unknown.</param>
sealed record AccountName(string Key, string? Login);
