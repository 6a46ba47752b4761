namespace Monarch.Sandbox.Admin;

/// <summary>What is wrong with a request to the admin endpoints.</summary>
sealed record AdminError(string Error);
