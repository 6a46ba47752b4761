namespace Monarch.Sandbox.Model;

/// <summary>
/// GitHub's and Slack's rate limits, each off when null. They can be changed while the sandbox is in use; counting then restarts.
/// GitHub's documented values: 5,000 requests an hour, 100 concurrent requests, 900 points, 80 creations a minute, 500 creations an hour.
/// </summary>
public sealed class SandboxLimits
{
    /// <summary>GitHub's documented limits.</summary>
    /// <param name="minuteSeconds">The length of a minute, in seconds.</param>
    /// <param name="hourSeconds">The length of an hour, in seconds.</param>
    public static SandboxLimits ForGitHub(double minuteSeconds = 60, double hourSeconds = 3600) =>
        new()
        {
            PrimaryPerHour = 5000,
            Concurrency = 100,
            PointsPerMinute = 900,
            CreationsPerMinute = 80,
            CreationsPerHour = 500,
            MinuteSeconds = minuteSeconds,
            HourSeconds = hourSeconds,
        };

    /// <summary>Requests an hour for one account, in a window that starts with its first request, as GitHub's does.</summary>
    public int? PrimaryPerHour { get; set; }

    /// <summary>Requests an hour for one address without a token; used when <see cref="PrimaryPerHour"/> is set. Default 60.</summary>
    public int AnonymousPerHour { get; set; } = 60;

    /// <summary>Concurrent requests of one account.</summary>
    public int? Concurrency { get; set; }

    /// <summary>Points of one account in a sliding minute: a read is 1, a write is 5.</summary>
    public int? PointsPerMinute { get; set; }

    /// <summary>Content creations of one account in a sliding minute.</summary>
    public int? CreationsPerMinute { get; set; }

    /// <summary>Content creations of one account in a sliding hour.</summary>
    public int? CreationsPerHour { get; set; }

    /// <summary>The length of a minute, in seconds: less than 60 compresses time. Default 60.</summary>
    public double MinuteSeconds { get; set; } = 60;

    /// <summary>The length of an hour, in seconds: less than 3,600 compresses time. Default 3,600.</summary>
    public double HourSeconds { get; set; } = 3600;

    /// <summary>The status of a refusal: GitHub uses 403 (the default) and 429.</summary>
    public int RefusalStatus { get; set; } = 403;

    /// <summary>Whether a secondary limit's refusal has a <c>Retry-After</c> header; GitHub's does not always. Default true.</summary>
    public bool SendRetryAfter { get; set; } = true;

    /// <summary>How long an account is refused after a secondary limit, in seconds; null (the default): until the
    /// window has capacity again, or one second for the concurrency limit.</summary>
    public double? PenaltySeconds { get; set; }

    /// <summary>An account that makes this many requests while it is limited is banned; null (the default): never.</summary>
    public int? BanAfterRequestsWhileLimited { get; set; }

    /// <summary>Slack messages a second in one channel (Slack: 1), with bursts of <see cref="SlackBurst"/>.</summary>
    public double? SlackMessagesPerSecond { get; set; }

    /// <summary>How many Slack messages may be posted in a burst. Default 3.</summary>
    public int SlackBurst { get; set; } = 3;

    /// <summary>Calls of <c>chat.update</c> in a sliding minute (Slack's tier 3: 50).</summary>
    public int? SlackUpdatesPerMinute { get; set; }
}
