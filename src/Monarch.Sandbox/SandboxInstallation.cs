namespace Monarch.Sandbox;

/// <summary>A <see cref="SandboxApp"/> at an owner. It has limits of its own, and sees of private repositories only those of its owner.</summary>
public sealed class SandboxInstallation
{
    /// <summary>The installation's id.</summary>
    public long Id { get; set; } = 2_001;

    /// <summary>The login of the person or organisation that has installed it.</summary>
    public string Owner { get; set; } = "";

    /// <summary>The repositories that were selected, as <c>owner/name</c>; empty (the default): all of the owner's.</summary>
    public IList<string> Repositories { get; set; } = [];

    /// <summary>Whether it lacks the permission <c>Issues: write</c>. Default false.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Whether the owner has suspended it: no token is given, and those that were given are refused. Default false.</summary>
    public bool Suspended { get; set; }
}
