namespace Monarch.Hosting.Logs.Store;

/// <summary>Some lines, newest first.</summary>
/// <param name="Lines">The lines; fewer than asked for, even none, when the search has to go on with <paramref name="Next"/>.</param>
/// <param name="Next">Where the next page begins; null when there is no older line.</param>
public sealed record LogPage(IReadOnlyList<LogLine> Lines, LogCursor? Next);
