namespace Monarch.Contracts.Migrations;

/// <summary>
/// What a migration directs a repository migration to do. Of the directives of several migrations the first in this order applies.
/// </summary>
public enum Directive
{
    /// <summary>Bring the target up to the snapshot.</summary>
    Run = 0,

    /// <summary>Start nothing new until directed to run again.</summary>
    Pause = 1,

    /// <summary>End, and report the progress.</summary>
    Cancel = 2,
}
