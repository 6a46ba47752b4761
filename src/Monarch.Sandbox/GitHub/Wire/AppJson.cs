using System.Text.Json.Serialization;
using Monarch.Sandbox.GitHub.Apps;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>A GitHub App.</summary>
sealed class AppJson(string baseUrl, SandboxApp app, DateTimeOffset createdAt)
{
    public long Id => app.Id;
    public string Slug => app.Slug;
    public string NodeId => NodeIds.Of("A", app.Id);
    public UserJson Owner => new(baseUrl, app.Slug);
    public string Name => app.Slug;
    public string? Description { get; }
    public string ExternalUrl => HtmlUrl;
    public string HtmlUrl => $"https://github.com/apps/{app.Slug}";
    public string CreatedAt { get; } = Times.Of(createdAt);
    public string UpdatedAt => CreatedAt;
    public AppPermissionsJson Permissions { get; } = new("write", "read");
    public IReadOnlyList<string> Events { get; } = [];
    public int InstallationsCount => app.Installations.Count;
}

/// <summary>An installation of an App.</summary>
sealed class InstallationJson(string baseUrl, SandboxApp app, SandboxInstallation installation, DateTimeOffset createdAt)
{
    public long Id => installation.Id;
    public UserJson Account { get; } = new(baseUrl, installation.Owner);
    public string RepositorySelection => installation.Repositories.Count == 0 ? "all" : "selected";
    public string AccessTokensUrl => $"{baseUrl}app/installations/{Id}/access_tokens";
    public string RepositoriesUrl => $"{baseUrl}installation/repositories";
    public string HtmlUrl => $"https://github.com/settings/installations/{Id}";
    public long AppId => app.Id;
    public string AppSlug => app.Slug;
    public long TargetId => Account.Id;
    public string TargetType => Account.Type;
    public AppPermissionsJson Permissions => AppPermissionsJson.Of(installation);
    public IReadOnlyList<string> Events { get; } = [];
    public string CreatedAt { get; } = Times.Of(createdAt);
    public string UpdatedAt => CreatedAt;
    public string? SingleFileName { get; }
    public bool HasMultipleSingleFiles { get; }
    public IReadOnlyList<string> SingleFilePaths { get; } = [];
    public UserJson? SuspendedBy => installation.Suspended ? Account : null;
    public string? SuspendedAt => installation.Suspended ? CreatedAt : null;
}

/// <summary>The permissions of an installation or its token.</summary>
sealed record AppPermissionsJson([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Issues, string Metadata)
{
    public static AppPermissionsJson Of(SandboxInstallation installation) => new(installation.ReadOnly ? "read" : "write", "read");
}

/// <summary>The token of an installation. It lists the repositories when it is limited to some.</summary>
sealed record AccessTokenJson(
    string Token,
    string ExpiresAt,
    AppPermissionsJson Permissions,
    string RepositorySelection,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RepositoryJson>? Repositories
)
{
    public static AccessTokenJson Of(GitHubCall call, InstallationToken token) =>
        new(
            token.Secret,
            Times.Of(token.ExpiresAt),
            new(token.Issues, "read"),
            token.Repositories is null && token.Installation.Repositories.Count == 0 ? "all" : "selected",
            token.Repositories is null
                ? null
                : [.. token.Repositories.Select(repository => new RepositoryJson(call.BaseUrl, repository, call.Caller))]
        );
}
