namespace Monarch.Sandbox.GitHub.Apps;

/// <summary>A token that GitHub gave to an installation of an App.</summary>
sealed record InstallationToken(string Secret, SandboxApp App, SandboxInstallation Installation, DateTimeOffset ExpiresAt)
{
    public const string Prefix = "ghs_";

    /// <summary>What it is allowed, as a fine-grained token would be.</summary>
    public SandboxToken Rights() => new()
    {
        Token = Secret,
        Login = App.Slug + "[bot]",
        Id = Installation.Id,
        Repositories = Installation.Repositories.Count == 0 ? [Installation.Owner + "/*"] : Installation.Repositories,
        ReadOnly = Installation.ReadOnly,
    };
}
