namespace Monarch.Contracts.Migrations;

/// <summary>The status of one target of a migration. Values after <see cref="Finishing"/> are final.</summary>
public enum RepositoryStatus
{
    /// <summary>Its name is being looked up at GitHub.</summary>
    Resolving = 0,

    /// <summary>Its existing copies are being read.</summary>
    Preparing = 1,

    /// <summary>Issues are being created.</summary>
    Copying = 2,

    /// <summary>
    /// Every issue is there; what needs other copies to exist is added: references, sub-issues, dependencies, the closed state.
    /// </summary>
    Finishing = 3,

    /// <summary>Ended: every issue is there.</summary>
    Completed = 4,

    /// <summary>Ended: some issues were rejected, each with its reason.</summary>
    CompletedWithFailures = 5,

    /// <summary>Ended: the repository refused, or was unreachable until the give-up deadline.</summary>
    Failed = 6,

    /// <summary>Ended: the migration names the same repository twice; the other name has the outcome.</summary>
    SameAsAnother = 7,

    /// <summary>Ended: the migration was cancelled. Issues already copied stay.</summary>
    Cancelled = 8,
}
