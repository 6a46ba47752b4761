namespace Monarch.Contracts.Deployments;

/// <summary>A server is not deployed until a person resumes it, or until a time.</summary>
public sealed record ServerPause
{
    /// <summary>What sort of pause it is.</summary>
    public required PauseKind Kind { get; init; }

    /// <summary>Why, in one line; null when it was not said.</summary>
    public string? Reason { get; init; }

    /// <summary>Who asked for it; null when no person did.</summary>
    public string? Actor { get; init; }

    /// <summary>Since when (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ends without being resumed (UTC); null means never.</summary>
    public DateTimeOffset? Until { get; init; }
}
