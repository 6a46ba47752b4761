using System.Text.Json.Serialization;

namespace Monarch.Bridge.Deployments;

/// <summary>A message as the clients of Usher send and read it.</summary>
/// <param name="IssueId">The issue, such as ABC-123.</param>
/// <param name="Status">The status: stage, test or beta.</param>
sealed record QueuedMessage([property: JsonPropertyName("issue_id")] string IssueId, [property: JsonPropertyName("status")] string Status)
{
    public static QueuedMessage Of(Move move) => new(move.Issue, move.Status.Name());
}

/// <summary>How many messages were removed.</summary>
sealed record RemovedMessages([property: JsonPropertyName("count")] int Count);

/// <summary>The result of a delivery.</summary>
/// <param name="Result">queued, duplicate or ignored.</param>
/// <param name="Reason">Why it is not queued; left out when it is.</param>
sealed record TrackerAnswer(string Result, string? Reason = null);
