namespace Monarch.Hosting.Logs.Store;

/// <summary>A page of lines, newest first.</summary>
/// <param name="Lines">The lines; possibly fewer than requested, or none, when the search must continue with <paramref name="Next"/>.</param>
/// <param name="Next">Where the next page begins; null when there is no older line.</param>
public sealed record LogPage(IReadOnlyList<LogLine> Lines, LogCursor? Next);
