using Monarch.Sandbox.GitHub.Labels;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's label.</summary>
sealed record LabelJson(long Id, string NodeId, string Url, string Name, string Color, bool Default, string? Description)
{
    public static LabelJson Of(string repositoryUrl, Label label)
    {
        // The same name always has the same id.
        var id = 0L;
        foreach (var c in label.Name)
        {
            id = (id * 31 + char.ToLowerInvariant(c)) % 4_000_000_000;
        }

        var url = $"{repositoryUrl}/labels/{Uri.EscapeDataString(label.Name)}";
        return new LabelJson(id, NodeIds.Of("LA", id), url, label.Name, label.Color, Default: false, label.Description);
    }
}
