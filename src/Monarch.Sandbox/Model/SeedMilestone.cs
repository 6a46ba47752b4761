namespace Monarch.Sandbox.Model;

/// <summary>An initial milestone of a repository.</summary>
public sealed class SeedMilestone
{
    /// <summary>Its title.</summary>
    public string Title { get; set; } = "";

    /// <summary>Its description; null: none.</summary>
    public string? Description { get; set; }

    /// <summary><c>open</c> (the default) or <c>closed</c>.</summary>
    public string State { get; set; } = "open";

    /// <summary>Its due date (UTC); null: none.</summary>
    public DateTimeOffset? DueOn { get; set; }
}
