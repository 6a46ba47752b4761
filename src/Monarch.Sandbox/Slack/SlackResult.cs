namespace Monarch.Sandbox.Slack;

/// <summary>The posted or updated message, or Slack's error code.</summary>
sealed record SlackResult(SlackMessage? Message, string? Error)
{
    public const string RateLimited = "ratelimited";

    /// <summary>Slack's warning about a successful call; null: none.</summary>
    public string? Warning { get; init; }

    /// <summary>The wait when rate limited.</summary>
    public TimeSpan Wait { get; init; }

    public static SlackResult Refused(string error) => new(null, error);

    public static SlackResult Limited(TimeSpan wait) => new(null, RateLimited) { Wait = wait };
}
