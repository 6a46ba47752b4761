namespace Monarch.Contracts.Deployments;

/// <summary>A deployment failed or was stopped; its server is not deployed until a person resumes it.</summary>
public sealed record ServerPause
{
    /// <summary>What happened.</summary>
    public required PauseKind Kind { get; init; }

    /// <summary>The reason, in one line; null when unknown.</summary>
    public string? Reason { get; init; }

    /// <summary>Who caused it; null when no person did.</summary>
    public string? Actor { get; init; }

    /// <summary>Since when (UTC).</summary>
    public required DateTimeOffset Since { get; init; }
}
