namespace Monarch.Contracts.Migrations;

/// <summary>How far one target of a batch is, and in the end how it went. What comes after <see cref="Copying"/> is an end.</summary>
public enum RepositoryStatus
{
    /// <summary>Its name is being looked up at GitHub.</summary>
    Resolving = 0,

    /// <summary>What it holds already is being read.</summary>
    Preparing = 1,

    /// <summary>Issues are being created.</summary>
    Copying = 2,

    /// <summary>Ended: every issue is there.</summary>
    Completed = 3,

    /// <summary>Ended: some issues were rejected, each of them named.</summary>
    CompletedWithFailures = 4,

    /// <summary>Ended: the repository refused, or could not be reached until the give-up time.</summary>
    Failed = 5,

    /// <summary>Ended: the same repository stands in the batch under another name, which has the outcome.</summary>
    SameAsAnother = 6,

    /// <summary>Ended: the batch was cancelled. What was copied stays.</summary>
    Cancelled = 7,
}
