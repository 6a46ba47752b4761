namespace Monarch.Sandbox.Slack;

/// <summary>What became of a message, or Slack's word for why nothing did.</summary>
sealed record SlackResult(SlackMessage? Message, string? Error)
{
    public const string RateLimited = "ratelimited";

    /// <summary>What Slack points out though it did as told; null: nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>How long to wait when rate limited.</summary>
    public TimeSpan Wait { get; init; }

    public static SlackResult Refused(string error) => new(null, error);

    public static SlackResult TooFast(TimeSpan wait) => new(null, RateLimited) { Wait = wait };
}
