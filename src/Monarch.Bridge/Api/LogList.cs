namespace Monarch.Bridge.Api;

/// <summary>Some lines of the log, newest first.</summary>
/// <param name="Lines">The lines; fewer than requested, even none, when the search continues with the cursor.</param>
/// <param name="Cursor">Where the next page begins; left out on the last page.</param>
sealed record LogList(IReadOnlyList<LogView> Lines, string? Cursor);

/// <summary>The levels of the log, the lowest first.</summary>
sealed record LogLevelList(IReadOnlyList<string> Levels);

/// <summary>The services that have lines in the log store.</summary>
sealed record ServiceList(IReadOnlyList<string> Services);
