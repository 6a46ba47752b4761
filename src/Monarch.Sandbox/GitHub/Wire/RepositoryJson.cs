using System.Text.Json.Serialization;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's repository, as far as a client of issues may need it.</summary>
sealed record RepositoryJson
{
    public required long Id { get; init; }
    public required string NodeId { get; init; }
    public required string Name { get; init; }
    public required string FullName { get; init; }
    public required bool Private { get; init; }
    public required UserJson Owner { get; init; }
    public required string HtmlUrl { get; init; }
    public string? Description { get; init; }
    public bool Fork { get; init; }
    public required string Url { get; init; }
    public required string IssuesUrl { get; init; }
    public required string LabelsUrl { get; init; }
    public required string MilestonesUrl { get; init; }
    public required string CreatedAt { get; init; }
    public required string UpdatedAt { get; init; }
    public required string PushedAt { get; init; }
    public required bool HasIssues { get; init; }
    public bool HasProjects { get; init; } = true;
    public bool HasWiki { get; init; } = true;
    public bool HasPages { get; init; }
    public bool HasDiscussions { get; init; }
    public required bool Archived { get; init; }
    public required bool Disabled { get; init; }
    public required int OpenIssuesCount { get; init; }
    public bool IsTemplate { get; init; }
    public required string Visibility { get; init; }
    public string DefaultBranch { get; init; } = "main";

    /// <summary>Only for a caller with a token.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required PermissionsJson? Permissions { get; init; }

    public static RepositoryJson Of(string baseUrl, Repository repository, Caller caller)
    {
        var url = $"{baseUrl}repos/{repository.FullName}";
        var createdAt = Times.Of(repository.CreatedAt);
        return new RepositoryJson
        {
            Id = repository.Id,
            NodeId = NodeIds.Of("R", repository.Id),
            Name = repository.Name,
            FullName = repository.FullName,
            Private = repository.Private,
            Owner = UserJson.Of(baseUrl, repository.Owner),
            HtmlUrl = $"https://github.com/{repository.FullName}",
            Url = url,
            IssuesUrl = url + "/issues{/number}",
            LabelsUrl = url + "/labels{/name}",
            MilestonesUrl = url + "/milestones{/number}",
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
            PushedAt = createdAt,
            HasIssues = repository.HasIssues,
            Archived = repository.Archived,
            Disabled = repository.Disabled,
            OpenIssuesCount = repository.OpenCount(),
            Visibility = repository.Private ? "private" : "public",
            Permissions = caller.Account.IsAnonymous ? null
                // To an App GitHub tells there what it may do with the code, and nothing about issues.
                : PermissionsJson.Of(caller.IsIntegration ? Permission.None : caller.In(repository)),
        };
    }
}

sealed record PermissionsJson(bool Admin, bool Maintain, bool Push, bool Triage, bool Pull)
{
    public static PermissionsJson Of(Permission permission) => new(
        permission >= Permission.Admin,
        permission >= Permission.Maintain,
        permission >= Permission.Push,
        permission >= Permission.Triage,
        permission >= Permission.Pull);
}
