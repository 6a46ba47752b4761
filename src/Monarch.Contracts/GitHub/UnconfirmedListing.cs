namespace Monarch.Contracts.GitHub;

/// <summary>
/// A listing that lacks issues which GitHub counts: it is asked for again, and believed once it has stayed the same for long enough.
/// </summary>
public sealed record UnconfirmedListing
{
    /// <summary>Identifies what was listed: equal listings have equal ones.</summary>
    public required string Listing { get; init; }

    /// <summary>How many open issues and pull requests GitHub counted.</summary>
    public required int Counted { get; init; }

    /// <summary>When it was first listed like this (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How often in a row it was listed like this.</summary>
    public required int Times { get; init; }
}
