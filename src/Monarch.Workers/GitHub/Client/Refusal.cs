using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Client;

/// <summary>Sorts a refusal of GitHub into the one taxonomy, with GitHub's own words and a remedy in ours.</summary>
static class Refusal
{
    const int LongestMessage = 1_000;

    public static Failure Sort(HttpResponseMessage response, GitHubError? error, Throttle? throttle, DateTimeOffset now)
    {
        var kind = throttle is not null ? FailureKind.Throttled : Kind(response);

        return new Failure
        {
            Kind = kind,
            Message = Message(response, error),
            Remedy = kind switch
            {
                FailureKind.Unauthorised => "Replace the token: it is wrong, has expired or was revoked. Nothing goes on with it until then.",
                FailureKind.RefusedTarget => RefusedTarget(response, error),
                FailureKind.RejectedIssue => "Correct the issue in the source as the message says, then migrate again: only what is missing is created.",
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

    static FailureKind Kind(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        401 => FailureKind.Unauthorised,
        403 or 404 or 410 or 451 => FailureKind.RefusedTarget,
        // A redirect that may not be followed: what is addressed is not here.
        >= 300 and < 400 => FailureKind.RefusedTarget,
        // 413 comes from a proxy before GitHub: it is about this one body.
        413 or 422 when response.RequestMessage?.Method == HttpMethod.Post => FailureKind.RejectedIssue,
        408 or >= 500 => FailureKind.Transient,
        // 400, 405, 406, 415 and the like find fault with the request itself, and every other request would be the same:
        // waiting does not help, and neither the repository nor the issue is to blame.
        _ => FailureKind.Bug,
    };

    static string RefusedTarget(HttpResponseMessage response, GitHubError? error) => (int)response.StatusCode switch
    {
        _ when error?.Message?.Contains("archived", StringComparison.OrdinalIgnoreCase) == true =>
            "The repository is archived. Unarchive it in its settings, then migrate again.",
        403 when response.Headers.NonValidated.Contains("X-GitHub-SSO") =>
            "The organisation wants single sign-on. Authorise the token for it: GitHub, Settings, Developer settings, the token, Configure SSO.",
        403 => "Give the token's account write access to the repository; a fine-grained token also needs the permission Issues: read and write.",
        404 => "The repository does not exist, or the token may not see it. Check the spelling, and give the token's account access to it.",
        410 => "Issues are turned off. Turn them on in the repository's settings (General, Features, Issues), then migrate again.",
        451 => "GitHub has blocked the repository for legal reasons. Its owner must settle that with GitHub, or another repository must take its place.",
        _ => "The repository was renamed or moved, and GitHub leads elsewhere. Ask for it by its present name; "
            + "if that is what you did, check GITHUB_API_URL.",
    };

    static string Message(HttpResponseMessage response, GitHubError? error)
    {
        var message = string.IsNullOrWhiteSpace(error?.Message) ? $"GitHub answered {(int)response.StatusCode}." : error.Message.Trim();
        var fields = string.Join("; ", FieldErrors.Describe(error?.Errors));
        var whole = fields.Length == 0 ? message : $"{message}: {fields}";
        return whole.Length <= LongestMessage ? whole : whole[..LongestMessage] + "…";
    }
}
