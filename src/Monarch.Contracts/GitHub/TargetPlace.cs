namespace Monarch.Contracts.GitHub;

/// <summary>The progress of reading a target: the next command continues from there, and repeats only the request for the page.</summary>
public sealed record TargetPlace
{
    /// <summary>The ledger's epoch in which reading began: in another one it starts again.</summary>
    public required string EpochId { get; init; }

    /// <summary>The address of the current page.</summary>
    public required string Page { get; init; }

    /// <summary>Copies up to this number in the target need not be checked again; 0 for none.</summary>
    public required int Through { get; init; }

    /// <summary>How many copies the pages before held.</summary>
    public required int Copies { get; init; }

    /// <summary>How many open issues and pull requests the pages before held.</summary>
    public int Open { get; init; }

    /// <summary>The last complete listing, if it is unconfirmed; null otherwise.</summary>
    public UnconfirmedListing? Doubt { get; init; }
}
