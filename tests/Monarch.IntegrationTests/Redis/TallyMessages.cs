namespace Monarch.IntegrationTests.Redis;

/// <summary>Counts one.</summary>
public sealed record CountOne(Guid TallyId);

/// <summary>Ends a tally; counting again lets it run again.</summary>
public sealed record EndTally(Guid TallyId);

/// <summary>Removes a tally.</summary>
public sealed record RemoveTally(Guid TallyId);

/// <summary>Makes a tally want to be woken.</summary>
public sealed record SleepUntil(Guid TallyId, DateTimeOffset WakeAt);

/// <summary>A tally's time has come, or its process was started again.</summary>
public sealed record WakeTally(Guid TallyId, DateTimeOffset DueAt, bool IsRestart);
