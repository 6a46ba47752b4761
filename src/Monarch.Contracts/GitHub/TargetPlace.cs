namespace Monarch.Contracts.GitHub;

/// <summary>How far the reading of a target has come: the next command goes on from there, and asks nothing twice but the page.</summary>
public sealed record TargetPlace
{
    /// <summary>The ledger's epoch in which the reading began: in another one it begins again.</summary>
    public required string EpochId { get; init; }

    /// <summary>The address of the page that is being read.</summary>
    public required string Page { get; init; }

    /// <summary>The copies up to this number in the target need not be looked at again; 0 for none.</summary>
    public required int Through { get; init; }

    /// <summary>How many copies the pages before held.</summary>
    public required int Copies { get; init; }

    /// <summary>How many open issues and pull requests the pages before held.</summary>
    public int Open { get; init; }

    /// <summary>What was doubted of the last whole listing; null for nothing.</summary>
    public UnconfirmedListing? Doubt { get; init; }
}
