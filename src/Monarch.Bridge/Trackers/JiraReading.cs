using Monarch.Bridge.Deployments;

namespace Monarch.Bridge.Trackers;

/// <summary>The content of a delivery of Jira.</summary>
/// <param name="Moves">The moves in it; empty when it is ignored, or cannot be read.</param>
/// <param name="Reason">Why it is ignored; null otherwise.</param>
/// <param name="Fault">Why it cannot be read; null otherwise.</param>
sealed record JiraReading(IReadOnlyList<Move> Moves, string? Reason = null, string? Fault = null)
{
    public static JiraReading Ignored(string reason) => new([], Reason: reason);

    public static JiraReading Unreadable(string fault) => new([], Fault: fault);
}
