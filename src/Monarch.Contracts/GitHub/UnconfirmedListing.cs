namespace Monarch.Contracts.GitHub;

/// <summary>
/// A listing that lacks issues which GitHub counts: it is requested again, and accepted once it has been stable for long enough.
/// </summary>
public sealed record UnconfirmedListing
{
    /// <summary>Identifies the content: equal listings have equal values.</summary>
    public required string Listing { get; init; }

    /// <summary>How many open issues and pull requests GitHub counted.</summary>
    public required int Counted { get; init; }

    /// <summary>When it was first listed like this (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How often in a row it was listed like this.</summary>
    public required int Times { get; init; }
}
