namespace Monarch.Contracts.GitHub;

/// <summary>How soon an account's limits let issues be created, if it is used for nothing else.</summary>
public sealed record CreationForecast
{
    /// <summary>In how many milliseconds the first further creation can be done, the second, and so on. They rise.</summary>
    public required IReadOnlyList<int> Milliseconds { get; init; }

    /// <summary>After the last, it goes on as so many at the end did, again and again; at least 1, and fewer than there are.</summary>
    public required int Period { get; init; }

    /// <summary>How long one creation takes, in milliseconds.</summary>
    public required int MillisecondsEach { get; init; }
}
