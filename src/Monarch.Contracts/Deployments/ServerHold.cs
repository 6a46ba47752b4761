namespace Monarch.Contracts.Deployments;

/// <summary>A person has put a server on hold.</summary>
public sealed record ServerHold
{
    /// <summary>Who requested it.</summary>
    public required string Actor { get; init; }

    /// <summary>The reason, in one line; null when none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ends without being resumed (UTC); null means never.</summary>
    public DateTimeOffset? Until { get; init; }
}
