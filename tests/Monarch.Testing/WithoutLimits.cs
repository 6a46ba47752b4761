namespace Monarch.Testing;

/// <summary>Settings for a GitHub without limits, for tests of other features.</summary>
public static class WithoutLimits
{
    /// <summary>No cap and no gap.</summary>
    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        ["GITHUB_CREATES_PER_MINUTE"] = "0",
        ["GITHUB_CREATES_PER_HOUR"] = "0",
        ["GITHUB_WRITE_GAP"] = "0",
        ["GITHUB_POINTS_PER_MINUTE"] = "0",
    };

    /// <summary>The same, with short waits for rate limits without a time, and for repositories that are not found.</summary>
    public static readonly IReadOnlyDictionary<string, string> WithShortWaits = new Dictionary<string, string>(Settings)
    {
        ["GITHUB_MINUTE"] = "0.2",
        ["GITHUB_HOUR"] = "2",
        ["GITHUB_NEW_REPO_GRACE"] = "0.3",
    };
}
