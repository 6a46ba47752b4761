namespace Monarch.Bridge.Pages.Access;

/// <summary>What the sign-in page shows.</summary>
/// <param name="Return">The address to return to.</param>
/// <param name="Error">Why the attempt failed; null for none.</param>
public sealed record SignInModel(string Return, string? Error = null);
