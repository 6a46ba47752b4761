namespace Monarch.Workers.GitHub.Copying.Ledger;

/// <summary>The ledger's answer to an attempt to create an issue.</summary>
abstract record LedgerAnswer
{
    LedgerAnswer() { }

    /// <summary>The intent is written: only this attempt may post until the intent expires.</summary>
    internal sealed record Granted : LedgerAnswer;

    /// <summary>Too few replicas of the store acknowledged the intent, which was withdrawn: this attempt may not post.</summary>
    /// <param name="Missing">The number of missing replicas.</param>
    internal sealed record Unreplicated(int Missing) : LedgerAnswer;

    /// <summary>The issue exists in the target.</summary>
    /// <param name="TargetNumber">Its number in the target.</param>
    internal sealed record Created(int TargetNumber) : LedgerAnswer;

    /// <summary>The target was not read in this epoch: its copies are unknown.</summary>
    internal sealed record Unread : LedgerAnswer;

    /// <summary>The intent of another attempt has not expired.</summary>
    /// <param name="Wait">The time until the intent expires.</param>
    internal sealed record Busy(TimeSpan Wait) : LedgerAnswer;

    /// <summary>An attempt ended with an unknown result: the target must be searched for the marker first.</summary>
    /// <param name="Since">When that attempt began (UTC, by the ledger's clock).</param>
    /// <param name="Wait">The time until a search is reliable; zero or less when it is now.</param>
    /// <param name="Token">Passed with the next attempt to confirm that the search found nothing.</param>
    internal sealed record Doubtful(DateTimeOffset Since, TimeSpan Wait, string Token) : LedgerAnswer;
}
