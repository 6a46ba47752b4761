namespace Monarch.Sandbox;

/// <summary>What may be set on a repository, at its birth and later. Null leaves the flag as it is.</summary>
public class RepositoryFlags
{
    /// <summary>Whether it is private: then it is not found without a token that may see it. At birth: false.</summary>
    public bool? Private { get; set; }

    /// <summary>Whether it is archived: reads work, writes answer 403. At birth: false.</summary>
    public bool? Archived { get; set; }

    /// <summary>Whether GitHub's staff disabled it: its issues answer 403. At birth: false.</summary>
    public bool? Disabled { get; set; }

    /// <summary>Whether issues are on: if not, they answer 410. At birth: true.</summary>
    public bool? HasIssues { get; set; }

    /// <summary>Whether it was taken down (DMCA): it answers 451. At birth: false.</summary>
    public bool? TakenDown { get; set; }

    /// <summary>Whether it answers 404 as if it were not there. At birth: false.</summary>
    public bool? Missing { get; set; }

    /// <summary>What the tokens may do: <c>none</c>, <c>pull</c>, <c>triage</c>, <c>push</c>, <c>maintain</c> or <c>admin</c>. At birth: push.</summary>
    public string? Permission { get; set; }

    /// <summary>Whether the tokens may write issues; if not: 403, "Resource not accessible by personal access token". At birth: true.</summary>
    public bool? IssuesWritable { get; set; }

    /// <summary>Titles that are refused with 422, as GitHub refuses what it takes for spam. At birth: none.</summary>
    public IList<string>? RejectedTitles { get; set; }
}
