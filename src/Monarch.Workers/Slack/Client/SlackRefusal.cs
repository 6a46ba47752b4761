using System.Net;
using Monarch.Contracts;
using Monarch.Workers.Http;

namespace Monarch.Workers.Slack.Client;

/// <summary>Classifies a refusal of Slack.</summary>
static class SlackRefusal
{
    /// <summary>The wait when Slack names none; its limits are per minute.</summary>
    static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(1);

    /// <summary><paramref name="error"/> is Slack's error code; null when the answer was not Slack's JSON.</summary>
    public static Failure Classify(HttpResponseMessage response, string? error, DateTimeOffset now)
    {
        var kind = Kind(response.StatusCode, error);
        var retryAt = RetryAfter.Read(response.Headers, now);

        return new Failure
        {
            Kind = kind,
            Message = error is null ? $"Slack answered {(int)response.StatusCode}." : $"Slack refused: {error}.",
            Remedy = kind switch
            {
                FailureKind.Unauthorised => "Replace SLACK_BOT_TOKEN: the token is wrong, has expired or was revoked.",
                FailureKind.RefusedTarget => Remedy(error),
                FailureKind.RejectedIssue => "The text does not fit into one Slack message.",
                _ => null,
            },
            Status = (int)response.StatusCode,
            RetryAt = kind switch
            {
                FailureKind.Throttled => retryAt ?? now + DefaultWait,
                FailureKind.Transient => retryAt,
                _ => null,
            },
        };
    }

    static FailureKind Kind(HttpStatusCode status, string? error) =>
        (status, error) switch
        {
            (HttpStatusCode.TooManyRequests, _) or (_, "ratelimited" or "rate_limited") => FailureKind.Throttled,
            (HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError, _) => FailureKind.Transient,
            (_, "internal_error" or "service_unavailable" or "fatal_error" or "request_timeout") => FailureKind.Transient,
            (HttpStatusCode.Unauthorized, _) => FailureKind.Unauthorised,
            (_, "invalid_auth" or "not_authed" or "account_inactive" or "token_revoked" or "token_expired") => FailureKind.Unauthorised,
            // Concerns this text only; the channel accepts others. A proxy may have a limit of its own.
            (HttpStatusCode.RequestEntityTooLarge, _) or (_, "msg_too_long" or "no_text") => FailureKind.RejectedIssue,
            // A proxy between Monarch and Slack answered.
            (HttpStatusCode.OK, null) => FailureKind.Transient,
            _ => FailureKind.RefusedTarget,
        };

    static string Remedy(string? error) =>
        error switch
        {
            "not_in_channel" or "no_permission" => "Invite the bot to the channel: /invite @<the bot's name>.",
            "channel_not_found" => "Check the channel's id or name. If the channel is private, invite the bot to it.",
            "is_archived" => "The channel is archived: unarchive it, or name another one.",
            "missing_scope" => "Give the Slack app the scope chat:write, then install it in the workspace again.",
            "restricted_action" or "restricted_action_read_only_channel" or "restricted_action_thread_only_channel" =>
                "The workspace does not let the bot post in this channel: change the channel's posting permissions, or name another one.",
            "message_not_found" or "cant_update_message" or "edit_window_closed" => "The message was deleted or can no longer be edited.",
            null => "Check SLACK_API_URL.",
            _ => $"Look up '{error}' in Slack's documentation of chat.postMessage.",
        };
}
