namespace Monarch.Sandbox.Model;

/// <summary>An installation of a <see cref="SandboxApp"/>. It has its own limits and sees only its owner's private repositories.</summary>
public sealed class SandboxInstallation
{
    /// <summary>The installation's id.</summary>
    public long Id { get; set; } = 2_001;

    /// <summary>The login of the user or organisation that installed it.</summary>
    public string Owner { get; set; } = "";

    /// <summary>The selected repositories, as <c>owner/name</c>; empty (the default): all of the owner's repositories.</summary>
    public IList<string> Repositories { get; set; } = [];

    /// <summary>Whether it lacks the permission <c>Issues: write</c>. Default false.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Whether the owner suspended it: no token is issued, and issued tokens are rejected. Default false.</summary>
    public bool Suspended { get; set; }
}
