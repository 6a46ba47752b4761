namespace Monarch.Bridge.Api;

/// <summary>Some lines of the log, newest first.</summary>
/// <param name="Lines">The lines; fewer than asked for, even none, where the search has to go on with the cursor.</param>
/// <param name="Cursor">Where the next page begins; left out when there is none.</param>
sealed record LogList(IReadOnlyList<LogView> Lines, string? Cursor);

/// <summary>The levels of the log, the lowest first.</summary>
sealed record LogLevelList(IReadOnlyList<string> Levels);

/// <summary>The services that have logged something that is still kept.</summary>
sealed record ServiceList(IReadOnlyList<string> Services);
