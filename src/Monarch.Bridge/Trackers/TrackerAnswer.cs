namespace Monarch.Bridge.Trackers;

/// <summary>The result of a delivery.</summary>
/// <param name="Result">queued, duplicate or ignored.</param>
/// <param name="Reason">Why it is not queued; left out when it is.</param>
sealed record TrackerAnswer(string Result, string? Reason = null);
