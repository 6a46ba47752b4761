namespace Monarch.Sandbox.GitHub.Apps;

/// <summary>A token that GitHub gave to an installation of an App.</summary>
sealed record InstallationToken(
    string Secret, SandboxApp App, SandboxInstallation Installation, DateTimeOffset ExpiresAt, TokenRequest Request)
{
    public const string Prefix = "ghs_";

    /// <summary>The repositories alone that it was asked for; null: all of the installation.</summary>
    public IReadOnlyList<Repository>? Repositories => Request.Repositories;

    /// <summary>What it may do with issues; null: nothing.</summary>
    public string? Issues => Request.Issues;

    /// <summary>What it is allowed, as a fine-grained token would be.</summary>
    public SandboxToken Rights() => new()
    {
        Token = Secret,
        Login = App.Slug + "[bot]",
        Id = Installation.Id,
        Repositories = Repositories is not null ? [.. Repositories.Select(repository => repository.FullName)]
            : Installation.Repositories.Count == 0 ? [Installation.Owner + "/*"]
            : Installation.Repositories,
        ReadOnly = Installation.ReadOnly || Issues != "write",
    };
}
