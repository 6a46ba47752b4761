namespace Monarch.Contracts.DryRuns;

/// <summary>The status of one target of a dry run.</summary>
public enum DryRunTargetStatus
{
    /// <summary>The target is being checked, or waits to be.</summary>
    Checking = 0,

    /// <summary>The target was checked: the plan says what a migration would do.</summary>
    Checked = 1,

    /// <summary>A migration would refuse the target.</summary>
    Refused = 2,

    /// <summary>Another target names the same repository.</summary>
    SameAsAnother = 3,

    /// <summary>The target could not be checked.</summary>
    NotChecked = 4,
}
