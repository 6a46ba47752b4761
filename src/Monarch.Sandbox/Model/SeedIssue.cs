namespace Monarch.Sandbox.Model;

/// <summary>An initial issue or pull request of a repository.</summary>
public sealed class SeedIssue
{
    /// <summary>The title.</summary>
    public string Title { get; set; } = "";

    /// <summary>The Markdown body; null: none.</summary>
    public string? Body { get; set; }

    /// <summary><c>open</c> (the default) or <c>closed</c>.</summary>
    public string State { get; set; } = "open";

    /// <summary>Whether it is a pull request. Default false.</summary>
    public bool IsPullRequest { get; set; }

    /// <summary>The author's login; <c>ghost</c>: a deleted account; null: <c>user</c> is null. Default <c>octocat</c>.</summary>
    public string? User { get; set; } = "octocat";

    /// <summary>When it was created; null: an hour apart, the last one an hour ago.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>The names of its labels.</summary>
    public IList<string> Labels { get; set; } = [];

    /// <summary>The logins of its assignees.</summary>
    public IList<string> Assignees { get; set; } = [];

    /// <summary>The title of its milestone; null: none.</summary>
    public string? Milestone { get; set; }
}
