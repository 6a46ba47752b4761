namespace Monarch.Contracts.Deployments;

/// <summary>A command of a person or a script, and its result.</summary>
public sealed record SteeringRecord
{
    /// <summary>Identifies the command.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The command.</summary>
    public required SteeringKind Kind { get; init; }

    /// <summary>Who gave it.</summary>
    public required string Actor { get; init; }

    /// <summary>The reason; null when none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was requested (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why it was refused; null when it was carried out.</summary>
    public string? Refusal { get; init; }

    /// <summary>How many issues it removed from the queue; null for one that removes none.</summary>
    public int? Removed { get; init; }
}
