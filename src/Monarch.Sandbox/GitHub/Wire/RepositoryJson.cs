using System.Text.Json.Serialization;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's repository, with every property that its OpenAPI description requires.</summary>
sealed class RepositoryJson(string baseUrl, Repository repository, Caller caller)
{
    public long Id => repository.Id;
    public string NodeId => NodeIds.Of("R", repository.Id);
    public string Name => repository.Name;
    public string FullName => repository.FullName;
    public bool Private => repository.Private;
    public UserJson Owner => new(baseUrl, repository.Owner, isOrganisation: repository.IsOwnedByOrganisation);
    public string HtmlUrl => $"https://github.com/{repository.FullName}";
    public string? Description { get; }
    public bool Fork { get; }
    public string Url { get; } = $"{baseUrl}repos/{repository.FullName}";
    public string ForksUrl => Url + "/forks";
    public string KeysUrl => Url + "/keys{/key_id}";
    public string CollaboratorsUrl => Url + "/collaborators{/collaborator}";
    public string TeamsUrl => Url + "/teams";
    public string HooksUrl => Url + "/hooks";
    public string IssueEventsUrl => Url + "/issues/events{/number}";
    public string EventsUrl => Url + "/events";
    public string AssigneesUrl => Url + "/assignees{/user}";
    public string BranchesUrl => Url + "/branches{/branch}";
    public string TagsUrl => Url + "/tags";
    public string BlobsUrl => Url + "/git/blobs{/sha}";
    public string GitTagsUrl => Url + "/git/tags{/sha}";
    public string GitRefsUrl => Url + "/git/refs{/sha}";
    public string TreesUrl => Url + "/git/trees{/sha}";
    public string StatusesUrl => Url + "/statuses/{sha}";
    public string LanguagesUrl => Url + "/languages";
    public string StargazersUrl => Url + "/stargazers";
    public string ContributorsUrl => Url + "/contributors";
    public string SubscribersUrl => Url + "/subscribers";
    public string SubscriptionUrl => Url + "/subscription";
    public string CommitsUrl => Url + "/commits{/sha}";
    public string GitCommitsUrl => Url + "/git/commits{/sha}";
    public string CommentsUrl => Url + "/comments{/number}";
    public string IssueCommentUrl => Url + "/issues/comments{/number}";
    public string ContentsUrl => Url + "/contents/{+path}";
    public string CompareUrl => Url + "/compare/{base}...{head}";
    public string MergesUrl => Url + "/merges";
    public string ArchiveUrl => Url + "/{archive_format}{/ref}";
    public string DownloadsUrl => Url + "/downloads";
    public string IssuesUrl => Url + "/issues{/number}";
    public string PullsUrl => Url + "/pulls{/number}";
    public string MilestonesUrl => Url + "/milestones{/number}";
    public string NotificationsUrl => Url + "/notifications{?since,all,participating}";
    public string LabelsUrl => Url + "/labels{/name}";
    public string ReleasesUrl => Url + "/releases{/id}";
    public string DeploymentsUrl => Url + "/deployments";
    public string CreatedAt { get; } = Times.Of(repository.CreatedAt);
    public string UpdatedAt => CreatedAt;
    public string PushedAt => CreatedAt;
    public string GitUrl => $"git://github.com/{repository.FullName}.git";
    public string SshUrl => $"git@github.com:{repository.FullName}.git";
    public string CloneUrl => HtmlUrl + ".git";
    public string SvnUrl => HtmlUrl;
    public string? Homepage { get; }
    public int Size { get; }
    public int StargazersCount { get; }
    public int WatchersCount { get; }
    public string? Language { get; }
    public bool HasIssues => repository.HasIssues;
    public bool HasProjects { get; } = true;
    public bool HasWiki { get; } = true;
    public bool HasPages { get; }
    public bool HasDownloads { get; } = true;
    public bool HasDiscussions { get; }
    public int ForksCount { get; }
    public string? MirrorUrl { get; }
    public bool Archived => repository.Archived;
    public bool Disabled => repository.Disabled;
    public int OpenIssuesCount { get; } = repository.OpenCount();
    public string? License { get; }
    public bool AllowForking { get; } = true;
    public bool IsTemplate { get; }
    public bool WebCommitSignoffRequired { get; }
    public IReadOnlyList<string> Topics { get; } = [];
    public string Visibility => repository.Private ? "private" : "public";
    public int Forks { get; }
    public int OpenIssues => OpenIssuesCount;
    public int Watchers { get; }
    public string DefaultBranch { get; } = "main";
    public int NetworkCount { get; }
    public int SubscribersCount { get; }

    /// <summary>Only for a caller with a token. For an App GitHub returns its permissions on the code, not on issues.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PermissionsJson? Permissions =>
        caller.Account.IsAnonymous ? null : PermissionsJson.Of(caller.IsIntegration ? Permission.None : caller.PermissionIn(repository));
}

sealed record PermissionsJson(bool Admin, bool Maintain, bool Push, bool Triage, bool Pull)
{
    public static PermissionsJson Of(Permission permission) =>
        new(
            permission >= Permission.Admin,
            permission >= Permission.Maintain,
            permission >= Permission.Push,
            permission >= Permission.Triage,
            permission >= Permission.Pull
        );
}
