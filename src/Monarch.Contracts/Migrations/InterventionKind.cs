namespace Monarch.Contracts.Migrations;

/// <summary>The commands of a person to a migration.</summary>
public enum InterventionKind
{
    /// <summary>End it.</summary>
    Cancel = 0,

    /// <summary>Pause it: start nothing new.</summary>
    Pause = 1,

    /// <summary>Resume it.</summary>
    Resume = 2,

    /// <summary>Retry what failed.</summary>
    Retry = 3,
}
