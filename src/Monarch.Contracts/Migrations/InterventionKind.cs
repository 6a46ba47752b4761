namespace Monarch.Contracts.Migrations;

/// <summary>What somebody can do to a batch.</summary>
public enum InterventionKind
{
    /// <summary>End it.</summary>
    Cancel = 0,

    /// <summary>Let it start nothing more.</summary>
    Pause = 1,

    /// <summary>Let it go on.</summary>
    Resume = 2,

    /// <summary>Try again what failed.</summary>
    Retry = 3,
}
