namespace Monarch.Workers.Archive.Filing;

/// <summary>What became of an event, durably.</summary>
enum FilingOutcome
{
    /// <summary>It is a file.</summary>
    Filed,

    /// <summary>It had been filed before: this is a redelivery, or its publisher sent it twice.</summary>
    Duplicate,

    /// <summary>It is no event that can be filed, and is in <c>rejected/</c>.</summary>
    Rejected,
}
