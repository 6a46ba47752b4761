namespace Monarch.Redis;

/// <summary>The result of adding an entry once.</summary>
/// <param name="Added">True for the first caller; false if the key was already used within the window.</param>
/// <param name="Value">The first caller's value.</param>
public sealed record AddedOnce(bool Added, string Value);
