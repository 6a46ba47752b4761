namespace Monarch.Sandbox.Model;

/// <summary>An initial label of a repository.</summary>
public sealed class SeedLabel
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its colour, six hexadecimal digits. Default <c>ededed</c>.</summary>
    public string Color { get; set; } = "ededed";

    /// <summary>Its description; null: none.</summary>
    public string? Description { get; set; }
}
