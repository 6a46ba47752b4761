namespace Monarch.Sandbox.Model;

/// <summary>A completed request to the simulated GitHub.</summary>
/// <param name="BeganAt">When it arrived (UTC).</param>
/// <param name="EndedAt">When it was answered or its connection closed (UTC).</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with its query.</param>
/// <param name="Body">The beginning of the body; empty when there was none.</param>
/// <param name="Status">The status of the answer; 0: no answer.</param>
public sealed record LoggedRequest(DateTimeOffset BeganAt, DateTimeOffset EndedAt, string Method, string Path, string Body, int Status);
