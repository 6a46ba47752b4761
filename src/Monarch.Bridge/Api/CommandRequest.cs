namespace Monarch.Bridge.Api;

/// <summary>What a command may say.</summary>
/// <param name="Reason">Why it is given, in one line of 300 characters at most; null when nobody says.</param>
sealed record CommandRequest(string? Reason);
