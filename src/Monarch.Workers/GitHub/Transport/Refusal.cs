using System.Net;
using System.Net.Mime;
using System.Text.RegularExpressions;
using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>Classifies a refusal of GitHub, with GitHub's message and our remedy.</summary>
static partial class Refusal
{
    const int LongestMessage = 1_000;

    const string Proxy =
        "This is not an answer of GitHub's API: a proxy, a firewall or a login page answered instead. "
        + "Check GITHUB_API_URL (for an Enterprise Server it ends with /api/v3) and the network between Monarch and GitHub.";

    public static Failure Classify(HttpResponseMessage response, GitHubError? error, Throttle? throttle, DateTimeOffset now)
    {
        var kind = throttle is not null ? FailureKind.Throttled : Kind(response, error);

        return new Failure
        {
            Kind = kind,
            Message = Message(response, error),
            Remedy = kind switch
            {
                FailureKind.Unauthorised => "Replace the token: it is invalid, expired or revoked. Its work is paused until then.",
                FailureKind.RejectedIssue => "Correct the issue in the source, then migrate again; only missing issues are created.",
                _ when throttle is null && response.StatusCode < HttpStatusCode.InternalServerError && !IsFromGitHub(response, error) =>
                    Proxy,
                FailureKind.RefusedTarget => RefusedTarget(response, error),
                FailureKind.Bug => "GitHub rejected the request as invalid. Check GITHUB_API_URL and GITHUB_API_VERSION; "
                    + "if they are correct, this is a bug in Monarch: report it with the request id.",
                _ => null,
            },
            Status = (int)response.StatusCode,
            RequestId = RequestId(response),
            RetryAt =
                throttle is not null ? now + (throttle.Wait ?? RateLimit.AtLeast)
                : kind == FailureKind.Transient ? Outage(response, now)
                : null,
        };
    }

    public static string? RequestId(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("X-GitHub-Request-Id", out var values) ? values.ToString() : null;

    static DateTimeOffset? Outage(HttpResponseMessage response, DateTimeOffset now)
    {
        var clock = RateHeaders.Clock(response.Headers, now);
        return now + (Http.RetryAfter.Read(response.Headers, clock) - clock);
    }

    static FailureKind Kind(HttpResponseMessage response, GitHubError? error) =>
        (int)response.StatusCode switch
        {
            401 or 403 or 407 when !IsFromGitHub(response, error) => FailureKind.Transient,
            401 => FailureKind.Unauthorised,
            // "Contribution to this repository has been temporarily limited": the repository waits, not the account.
            403 when RefusalWords.NameATime(error) => FailureKind.Throttled,
            403 or 404 or 410 or 451 => FailureKind.RefusedTarget,
            // The repository has moved. Any other redirect leads to a login or a proxy's page, which is transient.
            >= 300 and < 400 => IsMove(response, error) ? FailureKind.RefusedTarget : FailureKind.Transient,
            // A proxy before GitHub returns 413 for this one body.
            413 when IsWrite(response) => FailureKind.RejectedIssue,
            422 when IsWrite(response) => RefusalWords.NameAField(error) && !RefusalWords.NameATime(error)
                ? FailureKind.RejectedIssue
                : FailureKind.Throttled,
            408 or >= 500 => FailureKind.Transient,
            // 400, 405, 409, 415 and similar reject the request itself. If repeated, neither the repository nor the issue is the cause:
            // every other request would fail alike.
            _ => FailureKind.Bug,
        };

    static bool IsWrite(HttpResponseMessage response) => response.RequestMessage?.Method is { } method && method != HttpMethod.Get;

    /// <summary>Whether GitHub reports, by id and in JSON, that a repository or an item of it has another address.</summary>
    public static bool IsMove(HttpResponseMessage response, GitHubError? error) =>
        (int)response.StatusCode is 301 or 307 or 308
        && error is not null
        && response.Headers.Location is { } location
        && ById().IsMatch(new Uri(response.RequestMessage!.RequestUri!, location).AbsolutePath);

    // GitHub's API returns errors as JSON. An empty answer is accepted unless it is a page.
    static bool IsFromGitHub(HttpResponseMessage response, GitHubError? error) =>
        (int)response.StatusCode switch
        {
            >= 300 and < 400 => IsMove(response, error),
            407 => false,
            _ => error is not null
                || (
                    response.Content.Headers.ContentType?.MediaType is not MediaTypeNames.Text.Html
                    && response.Content.ReadAsStream().Length == 0
                ),
        };

    static string RefusedTarget(HttpResponseMessage response, GitHubError? error) =>
        (int)response.StatusCode switch
        {
            _ when Contains(error, "archived") => "The repository is archived. Unarchive it in its settings, then migrate again.",
            403 => Forbidden(response, error),
            404 when IsApps(response) => "The repository does not exist, or the GitHub App's installation does not include it. Check the "
                + "spelling, and add it to the installation: GitHub, the owner's settings, GitHub Apps, Configure.",
            404 =>
                "The repository does not exist, or the token has no access to it. Check the spelling, and give the token's account access.",
            410 => "Issues are turned off. Turn them on in the repository's settings (General, Features, Issues), then migrate again.",
            451 => Blocked,
            _ => "The repository was renamed or moved, and GitHub redirects to another address. Request it by its current name; "
                + "if the name is current, check GITHUB_API_URL.",
        };

    const string Blocked = "GitHub has blocked the repository for legal reasons. Its owner must contact GitHub, or use another repository.";

    static string Forbidden(HttpResponseMessage response, GitHubError? error) =>
        error switch
        {
            _ when response.Headers.NonValidated.Contains("X-GitHub-SSO") || Contains(error, "SAML") || Contains(error, "single sign-on") =>
                "The organisation requires single sign-on. Authorise the token for it: GitHub, Settings, Developer settings, the token, "
                    + "Configure SSO.",
            _ when Contains(error, "IP allow list") || Contains(error, "IP address") =>
                "The organisation allows only certain IP addresses. Ask an owner to add the address of Monarch's workers "
                    + "to the IP allow list (Settings, Authentication security).",
            _ when Contains(error, "installation has been suspended") =>
                "The GitHub App's installation is suspended. Unsuspend it in the owner's settings on GitHub, under GitHub Apps.",
            _ when Contains(error, "suspended") =>
                "GitHub has suspended the account. Its owner must contact GitHub's support; until then use the token of another account.",
            _ when Contains(error, "OAuth App access restrictions") || Contains(error, "third-party application") =>
                "The organisation restricts applications. Ask an owner to approve the application that issued the token, or use a "
                    + "fine-grained token.",
            _ when Contains(error, "forbids access via") || Contains(error, "lifetime is greater") =>
                "The organisation does not allow this type of token. Use one that its settings allow (Personal access tokens), or a GitHub "
                    + "App.",
            _ when Contains(error, "by integration") =>
                "Give the GitHub App the permission Issues: read and write; the owner must then accept it in its settings on GitHub.",
            _ when Contains(error, "by personal access token") =>
                "Give the token the permission Issues: read and write, and access to this repository: GitHub, Settings, Developer settings, "
                    + "the token.",
            _ when Contains(error, "interaction") =>
                "The repository's owner limits interactions. Ask the owner to lift the limit (Settings, Moderation options, Interaction "
                    + "limits), "
                    + "or make the account a collaborator.",
            _ when Contains(error, "access blocked") => Blocked,
            _ when Contains(error, "blocked") =>
                "The owner of the repository has blocked the account. Ask the owner to unblock it, or use the token of another account.",
            _ when IsApps(response) =>
                "Add the repository to the GitHub App's installation (GitHub, the owner's settings, GitHub Apps, Configure), and give the App "
                    + "the permission Issues: read and write.",
            _ =>
                "Give the token's account access to the repository; a fine-grained token also needs the permission Issues: read and write.",
        };

    // The token of an App's installation, which has no account's permissions.
    static bool IsApps(HttpResponseMessage response) =>
        response.RequestMessage?.Headers.Authorization?.Parameter?.StartsWith("ghs_", StringComparison.Ordinal) == true;

    static bool Contains(GitHubError? error, string words) => error?.Message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    [GeneratedRegex(@"/repositories/[0-9]{1,19}(?=/|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex ById();

    static string Message(HttpResponseMessage response, GitHubError? error)
    {
        if (string.IsNullOrWhiteSpace(error?.Message))
        {
            return IsFromGitHub(response, error) ? $"GitHub answered {(int)response.StatusCode}." : Page(response);
        }

        var message = error.Message.Trim();
        var fields = string.Join("; ", FieldErrors.Describe(error?.Errors));
        var whole = fields.Length == 0 ? message : $"{message}: {fields}";
        return whole.Length <= LongestMessage ? whole : whole[..LongestMessage] + "…";
    }

    // Without the query, which may contain a secret.
    static string Page(HttpResponseMessage response) =>
        response.Headers.Location is { } location
            ? $"The answer ({(int)response.StatusCode}) redirects to "
                + $"{new Uri(response.RequestMessage!.RequestUri!, location).GetLeftPart(UriPartial.Path)}, "
                + "which is not a repository of GitHub's API."
            : $"The answer ({(int)response.StatusCode}) is not from GitHub's API.";
}
