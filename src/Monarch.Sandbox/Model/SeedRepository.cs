namespace Monarch.Sandbox.Model;

/// <summary>A repository to add to the sandbox. An existing one is replaced and keeps its id.</summary>
public sealed class SeedRepository : RepositoryFlags
{
    /// <summary>The name, <c>owner/name</c>.</summary>
    public string FullName { get; set; } = "";

    /// <summary>GitHub's numeric id; null: the sandbox assigns one.</summary>
    public long? Id { get; set; }

    /// <summary>The initial issues and pull requests, in order; the first has number 1.</summary>
    public IList<SeedIssue> Issues { get; set; } = [];

    /// <summary>The initial labels, in order. Labels that only issues name are added in grey.</summary>
    public IList<SeedLabel> Labels { get; set; } = [];

    /// <summary>The initial milestones, in order; the first has number 1. Those that only issues name follow.</summary>
    public IList<SeedMilestone> Milestones { get; set; } = [];

    /// <summary>The logins that can be assigned to its issues; null (the default): every login that exists.</summary>
    public IList<string>? Assignees { get; set; }

    /// <summary>The number of open issues to generate after <see cref="Issues"/>, typical of student projects.</summary>
    public int GenerateIssues { get; set; }

    /// <summary>The number of closed issues to generate, mixed with the open ones.</summary>
    public int GenerateClosedIssues { get; set; }

    /// <summary>The number of pull requests to generate, mixed with the issues.</summary>
    public int GeneratePullRequests { get; set; }
}

/// <summary>The body of <c>POST /admin/seed</c>.</summary>
public sealed class SeedRequest
{
    /// <summary>The organisations to add to the sandbox, before the repositories.</summary>
    public IList<SeedOrganisation> Organisations { get; set; } = [];

    /// <summary>The repositories to add to the sandbox.</summary>
    public IList<SeedRepository> Repositories { get; set; } = [];
}
