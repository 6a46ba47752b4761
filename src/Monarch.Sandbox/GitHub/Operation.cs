namespace Monarch.Sandbox.GitHub;

/// <summary>One thing that can be asked of the API.</summary>
/// <param name="Kind">Its name in <c>/admin/requests</c>.</param>
/// <param name="Documentation">Where GitHub documents it.</param>
sealed record Operation(string Kind, string Documentation)
{
    public static readonly Operation GetUser = new("GET user", "users/users#get-the-authenticated-user");
    public static readonly Operation GetRateLimit = new("GET rate_limit", "rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user");
    public static readonly Operation GetApp = new("GET app", "apps/apps#get-the-authenticated-app");
    public static readonly Operation GetOwnerInstallation = new("GET installation", "apps/apps#get-a-user-installation-for-the-authenticated-app");
    public static readonly Operation GetRepositoryInstallation = new("GET repository installation", "apps/apps#get-a-repository-installation-for-the-authenticated-app");
    public static readonly Operation CreateInstallationToken = new("POST access_tokens", "apps/apps#create-an-installation-access-token-for-an-app");
    public static readonly Operation GetRepository = new("GET repository", "repos/repos#get-a-repository");
    public static readonly Operation ListIssues = new("GET issues", "issues/issues#list-repository-issues");
    public static readonly Operation GetIssue = new("GET issue", "issues/issues#get-an-issue");
    public static readonly Operation CreateIssue = new("POST issues", "issues/issues#create-an-issue");
    public static readonly Operation UpdateIssue = new("PATCH issue", "issues/issues#update-an-issue");
    public static readonly Operation Unknown = new("unknown", "");

    public string DocumentationUrl => Documentation.Length == 0 ? "https://docs.github.com/rest" : "https://docs.github.com/rest/" + Documentation;
    public bool IsCreation => this == CreateIssue;
    public bool IsWrite => this == CreateIssue || this == UpdateIssue;

    /// <summary>Whether an App must call it as itself.</summary>
    public bool IsForApps => this == GetApp || this == GetOwnerInstallation || this == GetRepositoryInstallation || this == CreateInstallationToken;

    /// <summary>Asking for the rate limit is not counted against it.</summary>
    public bool IsFree => this == GetRateLimit;
}
