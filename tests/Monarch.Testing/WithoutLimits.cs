namespace Monarch.Testing;

/// <summary>Settings of a Monarch whose GitHub has no limits: for tests that are about something else.</summary>
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

    /// <summary>And short waits where GitHub says that it has had enough all the same, but names no time, and for what it does not find.</summary>
    public static readonly IReadOnlyDictionary<string, string> WithShortWaits = new Dictionary<string, string>(Settings)
    {
        ["GITHUB_MINUTE"] = "0.2",
        ["GITHUB_HOUR"] = "2",
        ["GITHUB_NEW_REPO_GRACE"] = "0.3",
    };
}
