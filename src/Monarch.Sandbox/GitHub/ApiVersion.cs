namespace Monarch.Sandbox.GitHub;

/// <summary>The versions of GitHub's REST API.</summary>
static class ApiVersion
{
    public const string Header = "X-GitHub-Api-Version";

    /// <summary>The version of a request without the header.</summary>
    public const string First = "2022-11-28";

    /// <summary>
    /// Omits <c>assignee</c> of issues, <c>has_downloads</c> of repositories, a <c>merged_at</c> that is null and <c>rate</c> of the
    /// rate limits.
    /// </summary>
    public const string Second = "2026-03-10";

    public static bool IsSupported(string version) => version is First or Second;
}
