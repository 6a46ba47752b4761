namespace Monarch.Sandbox.Model;

/// <summary>An organisation to add to the sandbox. Every other owner of repositories is a user, who has no issue types.</summary>
public sealed class SeedOrganisation
{
    /// <summary>Its login.</summary>
    public string Login { get; set; } = "";

    /// <summary>Its issue types.</summary>
    public IList<SeedIssueType> IssueTypes { get; set; } = [];
}

/// <summary>An issue type of an organisation.</summary>
public sealed class SeedIssueType
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its description; null: none.</summary>
    public string? Description { get; set; }

    /// <summary>Its colour, one of GitHub's eight names such as <c>red</c>; null: none.</summary>
    public string? Color { get; set; }

    /// <summary>Whether issues can have it. Default true.</summary>
    public bool IsEnabled { get; set; } = true;
}
