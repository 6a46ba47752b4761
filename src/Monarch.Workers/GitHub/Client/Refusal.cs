using System.Net;
using System.Net.Mime;
using System.Text.RegularExpressions;
using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Client;

/// <summary>Sorts a refusal of GitHub into the one taxonomy, with GitHub's own words and a remedy in ours.</summary>
static partial class Refusal
{
    const int LongestMessage = 1_000;

    const string Proxy = "This is not an answer of GitHub's API: a proxy, a firewall or a login page has answered instead. "
        + "Check GITHUB_API_URL (of an Enterprise Server it ends with /api/v3) and what stands between Monarch and GitHub.";

    public static Failure Sort(HttpResponseMessage response, GitHubError? error, Throttle? throttle, DateTimeOffset now)
    {
        var kind = throttle is not null ? FailureKind.Throttled : Kind(response, error);

        return new Failure
        {
            Kind = kind,
            Message = Message(response, error),
            Remedy = kind switch
            {
                FailureKind.Unauthorised => "Replace the token: it is wrong, has expired or was revoked. Nothing goes on with it until then.",
                FailureKind.RejectedIssue => "Correct the issue in the source as the message says, then migrate again: only what is missing is created.",
                _ when throttle is null && response.StatusCode < HttpStatusCode.InternalServerError && !IsGitHubs(response, error) => Proxy,
                FailureKind.RefusedTarget => RefusedTarget(response, error),
                FailureKind.Bug => "GitHub does not understand the request. Check GITHUB_API_URL and GITHUB_API_VERSION; "
                    + "if they are right, this is a fault of Monarch: report it with the request id.",
                _ => null,
            },
            Status = (int)response.StatusCode,
            RequestId = RequestId(response),
            RetryAt = throttle is not null ? now + (throttle.Wait ?? RateLimit.AtLeast) : kind == FailureKind.Transient ? Outage(response, now) : null,
        };
    }

    public static string? RequestId(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("X-GitHub-Request-Id", out var values) ? values.ToString() : null;

    static DateTimeOffset? Outage(HttpResponseMessage response, DateTimeOffset now)
    {
        var clock = RateHeaders.Clock(response.Headers, now);
        return now + (Http.RetryAfter.Read(response.Headers, clock) - clock);
    }

    static FailureKind Kind(HttpResponseMessage response, GitHubError? error) => (int)response.StatusCode switch
    {
        401 or 403 or 407 when !IsGitHubs(response, error) => FailureKind.Transient,
        401 => FailureKind.Unauthorised,
        // "Contribution to this repository has been temporarily limited": it is the repository that waits, not the account.
        403 when RefusalWords.NameATime(error) => FailureKind.Throttled,
        403 or 404 or 410 or 451 => FailureKind.RefusedTarget,
        // What is addressed has another place now. Any other redirect leads to a login or a proxy's page, and that passes.
        >= 300 and < 400 => IsMove(response, error) ? FailureKind.RefusedTarget : FailureKind.Transient,
        // 413 comes from a proxy before GitHub: it is about this one body.
        413 when IsPost(response) => FailureKind.RejectedIssue,
        422 when IsPost(response) =>
            RefusalWords.NameAField(error) && !RefusalWords.NameATime(error) ? FailureKind.RejectedIssue : FailureKind.Throttled,
        408 or >= 500 => FailureKind.Transient,
        // 400, 405, 409, 415 and the like find fault with the request itself. Where that lasts, neither the repository nor the issue is to
        // blame: every other request would be the same.
        _ => FailureKind.Bug,
    };

    static bool IsPost(HttpResponseMessage response) => response.RequestMessage?.Method == HttpMethod.Post;

    /// <summary>Whether GitHub says that a repository, or something in it, has another address: by its id, and in JSON.</summary>
    public static bool IsMove(HttpResponseMessage response, GitHubError? error) =>
        (int)response.StatusCode is 301 or 307 or 308
        && error is not null
        && response.Headers.Location is { } location
        && ById().IsMatch(new Uri(response.RequestMessage!.RequestUri!, location).AbsolutePath);

    // GitHub's API refuses in JSON. An answer without any text is believed, unless it is a page.
    static bool IsGitHubs(HttpResponseMessage response, GitHubError? error) => (int)response.StatusCode switch
    {
        >= 300 and < 400 => IsMove(response, error),
        407 => false,
        _ => error is not null
            || (response.Content.Headers.ContentType?.MediaType is not MediaTypeNames.Text.Html
                && response.Content.ReadAsStream().Length == 0),
    };

    static string RefusedTarget(HttpResponseMessage response, GitHubError? error) => (int)response.StatusCode switch
    {
        _ when Says(error, "archived") => "The repository is archived. Unarchive it in its settings, then migrate again.",
        403 => Forbidden(response, error),
        404 when IsApps(response) => "The repository does not exist, or the GitHub App's installation does not include it. Check the spelling, and add it to the "
            + "installation: GitHub, the owner's settings, GitHub Apps, Configure.",
        404 => "The repository does not exist, or the token may not see it. Check the spelling, and give the token's account access to it.",
        410 => "Issues are turned off. Turn them on in the repository's settings (General, Features, Issues), then migrate again.",
        451 => Blocked,
        _ => "The repository was renamed or moved, and GitHub leads elsewhere. Ask for it by its present name; "
            + "if that is what you did, check GITHUB_API_URL.",
    };

    const string Blocked =
        "GitHub has blocked the repository for legal reasons. Its owner must settle that with GitHub, or another repository must take its place.";

    static string Forbidden(HttpResponseMessage response, GitHubError? error) => error switch
    {
        _ when response.Headers.NonValidated.Contains("X-GitHub-SSO") || Says(error, "SAML") || Says(error, "single sign-on") =>
            "The organisation wants single sign-on. Authorise the token for it: GitHub, Settings, Developer settings, the token, Configure SSO.",
        _ when Says(error, "IP allow list") || Says(error, "IP address") =>
            "The organisation admits only certain IP addresses. Have one of its owners add the address from which Monarch's workers reach GitHub "
            + "to the IP allow list (Settings, Authentication security).",
        _ when Says(error, "installation has been suspended") =>
            "The GitHub App's installation is suspended. Lift that in the owner's settings on GitHub, under GitHub Apps.",
        _ when Says(error, "suspended") =>
            "GitHub has suspended the account. Its owner must settle that with GitHub's support; until then use the token of another account.",
        _ when Says(error, "OAuth App access restrictions") || Says(error, "third-party application") =>
            "The organisation restricts applications. Have one of its owners approve the one that made the token, or use a fine-grained token.",
        _ when Says(error, "forbids access via") || Says(error, "lifetime is greater") =>
            "The organisation does not admit tokens of this kind. Use one that its settings allow (Personal access tokens), or a GitHub App.",
        _ when Says(error, "by integration") =>
            "Give the GitHub App the permission Issues: read and write; then the owner has to accept that in its settings on GitHub.",
        _ when Says(error, "by personal access token") =>
            "Give the token the permission Issues: read and write, and access to this repository: GitHub, Settings, Developer settings, the token.",
        _ when Says(error, "interaction") =>
            "The repository's owner limits who may write in it. Have the limit lifted (Settings, Moderation options, Interaction limits), "
            + "or make the account a collaborator.",
        _ when Says(error, "access blocked") => Blocked,
        _ when Says(error, "blocked") =>
            "The owner of the repository has blocked the account. Have that lifted, or use the token of another account.",
        _ when IsApps(response) =>
            "Add the repository to the GitHub App's installation (GitHub, the owner's settings, GitHub Apps, Configure), and give the App "
            + "the permission Issues: read and write.",
        _ => "Give the token's account access to the repository; a fine-grained token also needs the permission Issues: read and write.",
    };

    // The token of an App's installation, for which no account's rights count.
    static bool IsApps(HttpResponseMessage response) =>
        response.RequestMessage?.Headers.Authorization?.Parameter?.StartsWith("ghs_", StringComparison.Ordinal) == true;

    static bool Says(GitHubError? error, string words) => error?.Message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    [GeneratedRegex(@"/repositories/[0-9]{1,19}(?=/|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex ById();

    static string Message(HttpResponseMessage response, GitHubError? error)
    {
        if (string.IsNullOrWhiteSpace(error?.Message))
        {
            return IsGitHubs(response, error) ? $"GitHub answered {(int)response.StatusCode}." : Page(response);
        }

        var message = error.Message.Trim();
        var fields = string.Join("; ", FieldErrors.Describe(error?.Errors));
        var whole = fields.Length == 0 ? message : $"{message}: {fields}";
        return whole.Length <= LongestMessage ? whole : whole[..LongestMessage] + "…";
    }

    // Without the query, which may hold a secret.
    static string Page(HttpResponseMessage response) => response.Headers.Location is { } location
        ? $"The answer ({(int)response.StatusCode}) leads to {new Uri(response.RequestMessage!.RequestUri!, location).GetLeftPart(UriPartial.Path)}, "
            + "which is not a repository of GitHub's API."
        : $"Something else came instead of an answer of GitHub's API ({(int)response.StatusCode}).";
}
