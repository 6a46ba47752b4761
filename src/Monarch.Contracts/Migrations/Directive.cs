namespace Monarch.Contracts.Migrations;

/// <summary>What a batch wants of a pair. Of several batches' wishes the first in this order counts.</summary>
public enum Directive
{
    /// <summary>Bring the target up to the snapshot.</summary>
    Run = 0,

    /// <summary>Start nothing more until told to run again.</summary>
    Pause = 1,

    /// <summary>End, and say how far it came.</summary>
    Cancel = 2,
}
