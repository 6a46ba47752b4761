namespace Monarch.Contracts.GitHub;

/// <summary>How soon an account's limits allow creations, if it has no other work.</summary>
public sealed record CreationForecast
{
    /// <summary>The milliseconds until the first further creation, the second, and so on, in ascending order.</summary>
    public required IReadOnlyList<int> Milliseconds { get; init; }

    /// <summary>How many of the last entries repeat periodically after the end; at least 1, and fewer than all.</summary>
    public required int Period { get; init; }

    /// <summary>How long one creation takes, in milliseconds.</summary>
    public required int MillisecondsEach { get; init; }
}
