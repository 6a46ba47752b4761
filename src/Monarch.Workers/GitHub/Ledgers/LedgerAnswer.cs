namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>What the ledger says to an attempt at creating an issue.</summary>
abstract record LedgerAnswer
{
    LedgerAnswer()
    {
    }

    /// <summary>The intent is written: this attempt, and no other, may post until the intent expires.</summary>
    internal sealed record Granted : LedgerAnswer;

    /// <summary>The intent is not on as many replicas of the store as are asked for, and is ended again: this attempt may not post.</summary>
    /// <param name="Missing">How many replicas are too few.</param>
    internal sealed record Unreplicated(int Missing) : LedgerAnswer;

    /// <summary>The issue is there.</summary>
    /// <param name="TargetNumber">Its number in the target.</param>
    internal sealed record Created(int TargetNumber) : LedgerAnswer;

    /// <summary>The target was not read in this epoch: nobody knows what it holds.</summary>
    internal sealed record Unread : LedgerAnswer;

    /// <summary>Another attempt's intent is alive.</summary>
    /// <param name="Wait">How long it still lives.</param>
    internal sealed record Busy(TimeSpan Wait) : LedgerAnswer;

    /// <summary>An attempt ended and nobody knows how: the target must be searched for the marker first.</summary>
    /// <param name="Since">When that attempt began (UTC, by the ledger's clock).</param>
    /// <param name="Wait">How long until a search can be trusted; zero or less when it can be now.</param>
    /// <param name="Token">Shown with the next attempt, it says that the search was made and found nothing.</param>
    internal sealed record Doubtful(DateTimeOffset Since, TimeSpan Wait, string Token) : LedgerAnswer;
}
