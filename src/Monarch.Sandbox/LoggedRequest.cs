namespace Monarch.Sandbox;

/// <summary>A request to the simulated GitHub that has ended.</summary>
/// <param name="BeganAt">When it came in (UTC).</param>
/// <param name="EndedAt">When it was answered, or its connection lost (UTC).</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with its query.</param>
/// <param name="Body">The beginning of what was sent; empty when nothing was.</param>
/// <param name="Status">The status that was answered; 0: none.</param>
public sealed record LoggedRequest(DateTimeOffset BeganAt, DateTimeOffset EndedAt, string Method, string Path, string Body, int Status);
