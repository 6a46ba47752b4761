namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>A token for an installation.</summary>
sealed record AccessTokenJson(string Token, string ExpiresAt, AppPermissionsJson Permissions);
