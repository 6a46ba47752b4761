namespace Monarch.Bridge.Api;

/// <summary>The body of a command.</summary>
/// <param name="Reason">The reason, in one line of 300 characters at most; null when none is given.</param>
sealed record CommandRequest(string? Reason);
