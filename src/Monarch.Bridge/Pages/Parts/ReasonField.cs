namespace Monarch.Bridge.Pages.Parts;

/// <summary>What was typed into the form of an action, and why it was refused.</summary>
/// <param name="Action">The action, as in its address.</param>
/// <param name="Reason">The reason as typed.</param>
/// <param name="Error">Why it was refused; null when it was not.</param>
public sealed record ReasonField(string Action, string Reason, string? Error);
