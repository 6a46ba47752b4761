namespace Monarch.Sandbox.GitHub.Wire;

sealed record LabelJson(long Id, string NodeId, string Url, string Name, string Color, bool Default, string? Description)
{
    /// <summary>A label that GitHub makes because an issue named it is grey.</summary>
    const string Grey = "ededed";

    public static LabelJson Of(string repositoryUrl, string name)
    {
        var id = 0L;
        foreach (var c in name)
            id = (id * 31 + char.ToLowerInvariant(c)) % 4_000_000_000;
        return new LabelJson(id, NodeIds.Of("LA", id), $"{repositoryUrl}/labels/{Uri.EscapeDataString(name)}", name, Grey, Default: false, Description: null);
    }
}
