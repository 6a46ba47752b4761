using System.Text.Json.Serialization;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's issue. A pull request has two additional properties.</summary>
sealed record IssueJson
{
    public required string Url { get; init; }
    public required string RepositoryUrl { get; init; }
    public required string LabelsUrl { get; init; }
    public required string CommentsUrl { get; init; }
    public required string EventsUrl { get; init; }
    public required string HtmlUrl { get; init; }
    public required long Id { get; init; }
    public required string NodeId { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required UserJson? User { get; init; }
    public required IReadOnlyList<LabelJson> Labels { get; init; }
    public required string State { get; init; }
    public bool Locked { get; init; }

    /// <summary>Removed in version 2026-03-10.</summary>
    public required UserJson? Assignee { get; init; }

    public required IReadOnlyList<UserJson> Assignees { get; init; }
    public required MilestoneJson? Milestone { get; init; }
    public required int Comments { get; init; }
    public required string CreatedAt { get; init; }
    public required string UpdatedAt { get; init; }
    public required string? ClosedAt { get; init; }
    public required string AuthorAssociation { get; init; }
    public string? ActiveLockReason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Draft { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PullRequestJson? PullRequest { get; init; }

    public required string? Body { get; init; }
    public UserJson? ClosedBy { get; init; }
    public required string TimelineUrl { get; init; }
    public string? PerformedViaGithubApp { get; init; }
    public required string? StateReason { get; init; }
}

/// <summary>The property that distinguishes a pull request from an issue.</summary>
sealed record PullRequestJson(string Url, string HtmlUrl, string DiffUrl, string PatchUrl, string? MergedAt);

sealed record LabelJson(long Id, string NodeId, string Url, string Name, string Color, bool Default, string? Description)
{
    /// <summary>GitHub creates a label that an issue names, in grey.</summary>
    const string Grey = "ededed";

    public static LabelJson Of(string repositoryUrl, string name)
    {
        var id = 0L;
        foreach (var c in name)
        {
            id = (id * 31 + char.ToLowerInvariant(c)) % 4_000_000_000;
        }

        var url = $"{repositoryUrl}/labels/{Uri.EscapeDataString(name)}";
        return new LabelJson(id, NodeIds.Of("LA", id), url, name, Grey, Default: false, Description: null);
    }
}

sealed class MilestoneJson(string baseUrl, Repository repository, string title)
{
    readonly (int Open, int Closed) _issues = repository.CountIn(title);

    public string Url => $"{baseUrl}repos/{repository.FullName}/milestones/{Number}";
    public string HtmlUrl => $"https://github.com/{repository.FullName}/milestone/{Number}";
    public string LabelsUrl => Url + "/labels";
    public long Id => repository.Id % 1_000_000 * 100 + Number;
    public string NodeId => NodeIds.Of("MI", Id);
    public int Number { get; } = repository.MilestoneNumber(title);
    public string Title => title;
    public string? Description { get; }
    public UserJson Creator => new(baseUrl, repository.Owner);
    public int OpenIssues => _issues.Open;
    public int ClosedIssues => _issues.Closed;
    public string State { get; } = "open";
    public string CreatedAt { get; } = Times.Of(repository.CreatedAt);
    public string UpdatedAt => CreatedAt;
    public string? DueOn { get; }
    public string? ClosedAt { get; }
}
