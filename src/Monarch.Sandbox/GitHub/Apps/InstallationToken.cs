using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub.Apps;

/// <summary>A token that GitHub issued to an installation of an App.</summary>
sealed record InstallationToken(
    string Secret,
    SandboxApp App,
    SandboxInstallation Installation,
    DateTimeOffset ExpiresAt,
    TokenRequest Request
)
{
    public const string Prefix = "ghs_";

    /// <summary>The repositories to which it is limited; null: all of the installation.</summary>
    public IReadOnlyList<Repository>? Repositories => Request.Repositories;

    /// <summary>The permission on issues; null: none.</summary>
    public string? Issues => Request.Issues;

    /// <summary>Its permissions, as those of a fine-grained token.</summary>
    public SandboxToken Rights() =>
        new()
        {
            Token = Secret,
            Login = App.Slug + "[bot]",
            Id = Installation.Id,
            Repositories =
                Repositories is not null ? [.. Repositories.Select(repository => repository.FullName)]
                : Installation.Repositories.Count == 0 ? [Installation.Owner + "/*"]
                : Installation.Repositories,
            ReadOnly = Installation.ReadOnly || Issues != "write",
        };
}
