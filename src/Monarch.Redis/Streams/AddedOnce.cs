namespace Monarch.Redis;

/// <summary>What became of an entry that must be added once.</summary>
/// <param name="Added">True for the first caller; false when the same key had been used within the window.</param>
/// <param name="Value">The first caller's value.</param>
public sealed record AddedOnce(bool Added, string Value);
