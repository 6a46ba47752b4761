namespace Monarch.Contracts.Deployments;

/// <summary>
/// Issues of a project were moved to a status, as a tracker or a person reported to the Bridge, which has validated them. Answered by
/// <see cref="ServerProgressed"/>.
/// </summary>
public sealed record QueueIssues
{
    /// <summary>The server (<see cref="Deployments.ServerId"/>).</summary>
    public required Guid ServerId { get; init; }

    /// <summary>The project's key.</summary>
    public required string Project { get; init; }

    /// <summary>The status that they were moved to.</summary>
    public required IssueStatus Status { get; init; }

    /// <summary>The moves, in any order.</summary>
    public required IReadOnlyList<ReportedMove> Moves { get; init; }
}

/// <summary>One move.</summary>
public sealed record ReportedMove
{
    /// <summary>The issue's number in its project.</summary>
    public required int Number { get; init; }

    /// <summary>When it was moved (UTC), by the tracker's clock where known.</summary>
    public required DateTimeOffset MovedAt { get; init; }

    /// <summary>The entry of the Bridge's intake stream that holds it.</summary>
    public required string IntakeId { get; init; }
}
