namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>What an installation was allowed.</summary>
sealed record AppPermissionsJson(string Issues, string Metadata)
{
    public static AppPermissionsJson Of(SandboxInstallation installation) => new(installation.ReadOnly ? "read" : "write", "read");
}
