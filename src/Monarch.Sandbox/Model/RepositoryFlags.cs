namespace Monarch.Sandbox.Model;

/// <summary>The flags of a repository, at creation and later. Null leaves a flag unchanged.</summary>
public class RepositoryFlags
{
    /// <summary>Whether it is private: without a token that has access it answers 404. Initially false.</summary>
    public bool? Private { get; set; }

    /// <summary>Whether it is archived: reads succeed, writes answer 403. Initially false.</summary>
    public bool? Archived { get; set; }

    /// <summary>Whether GitHub's staff disabled it: its issues answer 403. Initially false.</summary>
    public bool? Disabled { get; set; }

    /// <summary>Whether issues are enabled; if not, they answer 410. Initially true.</summary>
    public bool? HasIssues { get; set; }

    /// <summary>Whether it was taken down (DMCA): it answers 451. Initially false.</summary>
    public bool? TakenDown { get; set; }

    /// <summary>Whether it answers 404 as if it did not exist. Initially false.</summary>
    public bool? Missing { get; set; }

    /// <summary>
    /// The permission of the tokens: <c>none</c>, <c>pull</c>, <c>triage</c>, <c>push</c> (initially), <c>maintain</c> or <c>admin</c>.
    /// </summary>
    public string? Permission { get; set; }

    /// <summary>
    /// Whether the tokens may write issues; if not, writes answer 403, "Resource not accessible by personal access token". Initially true.
    /// </summary>
    public bool? IssuesWritable { get; set; }

    /// <summary>Titles that are rejected with 422, as GitHub rejects suspected spam. Initially none.</summary>
    public IList<string>? RejectedTitles { get; set; }
}
