namespace Monarch.Sandbox;

/// <summary>A repository to put into the sandbox. One that is there already is replaced and keeps its id.</summary>
public sealed class SeedRepository : RepositoryFlags
{
    /// <summary>The name, <c>owner/name</c>.</summary>
    public string FullName { get; set; } = "";

    /// <summary>GitHub's numeric id; null: the sandbox gives one.</summary>
    public long? Id { get; set; }

    /// <summary>The issues and pull requests to begin with, in order; the first is number 1.</summary>
    public IList<SeedIssue> Issues { get; set; } = [];

    /// <summary>How many open issues to make up, with titles and bodies as students' projects have them, after <see cref="Issues"/>.</summary>
    public int GenerateIssues { get; set; }

    /// <summary>How many closed issues to make up, mixed among the open ones.</summary>
    public int GenerateClosedIssues { get; set; }

    /// <summary>How many pull requests to make up, mixed among the issues.</summary>
    public int GeneratePullRequests { get; set; }
}
