namespace Monarch.IntegrationTests.Redis;

/// <summary>Counts one.</summary>
public sealed record CountOne(Guid TallyId);

/// <summary>Ends a tally; counting again restarts it.</summary>
public sealed record EndTally(Guid TallyId);

/// <summary>Removes a tally.</summary>
public sealed record RemoveTally(Guid TallyId);

/// <summary>Schedules a wake-up of a tally.</summary>
public sealed record SleepUntil(Guid TallyId, DateTimeOffset WakeAt);

/// <summary>A tally is due, or its process was restarted.</summary>
public sealed record WakeTally(Guid TallyId, DateTimeOffset DueAt, bool IsRestart);
