namespace Monarch.Contracts.Deployments;

/// <summary>A person does not want a server to be deployed now.</summary>
public sealed record ServerHold
{
    /// <summary>Who asked for it.</summary>
    public required string Actor { get; init; }

    /// <summary>Why, in one line; null when it was not said.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ends without being resumed (UTC); null means never.</summary>
    public DateTimeOffset? Until { get; init; }
}
