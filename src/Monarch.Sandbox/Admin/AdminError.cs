namespace Monarch.Sandbox.Admin;

/// <summary>The error of a request to the admin endpoints.</summary>
sealed record AdminError(string Error);
