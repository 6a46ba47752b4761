namespace Monarch.Contracts.Deployments;

/// <summary>A command that a person or a script gave, and what became of it.</summary>
public sealed record SteeringRecord
{
    /// <summary>Identifies the command.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>What was to be done.</summary>
    public required SteeringKind Kind { get; init; }

    /// <summary>Who wanted it.</summary>
    public required string Actor { get; init; }

    /// <summary>Why; null when it was not said.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why it was not done; null when it was.</summary>
    public string? Refusal { get; init; }

    /// <summary>How many issues it removed from the queue; null for one that removes none.</summary>
    public int? Removed { get; init; }
}
