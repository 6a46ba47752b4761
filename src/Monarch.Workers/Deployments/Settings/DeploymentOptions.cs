using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.Deployments.Settings;

/// <summary>When and how servers are deployed.</summary>
sealed class DeploymentOptions
{
    public const string CommandKey = "USHER_COMMAND";
    public const string DirectoryKey = "USHER_DIRECTORY";
    public const string EnvironmentKey = "USHER_ENVIRONMENT";
    public const string SlackChannelKey = "USHER_SLACK_CHANNEL";

    /// <summary>Seconds without another move after which a server is deployed.</summary>
    [ConfigurationKeyName("USHER_QUIET"), Range(0, 86400)]
    public double QuietSeconds { get; set; } = 120;

    /// <summary>Seconds from a server's first move after which it is deployed even if moves still arrive.</summary>
    [ConfigurationKeyName("USHER_MAX_WAIT"), Range(0, 86400)]
    public double MaxWaitSeconds { get; set; } = 900;

    /// <summary>How many deployments run concurrently, over all servers and processes.</summary>
    [ConfigurationKeyName("USHER_DEPLOYS"), Range(1, 100)]
    public int AtOnce { get; set; } = 2;

    /// <summary>
    /// Whether Monarch runs the command; otherwise it is prepared and listed, and a person or script runs it and reports the result.
    /// </summary>
    [ConfigurationKeyName("USHER_RUN")]
    public bool Run { get; set; }

    /// <summary>How often a failed deployment is retried before its server is paused.</summary>
    [ConfigurationKeyName("USHER_RETRIES"), Range(0, 100)]
    public int Retries { get; set; } = 1;

    /// <summary>Seconds before the first retry of a failed deployment; doubled each time, up to an hour.</summary>
    [ConfigurationKeyName("USHER_RETRY_DELAY"), Range(0.01, 3600)]
    public double RetryDelaySeconds { get; set; } = 60;

    /// <summary>Whether an interrupted deployment is run again automatically, once none of its processes can still run.</summary>
    [ConfigurationKeyName("USHER_RERUN")]
    public bool Rerun { get; set; }

    /// <summary>
    /// Seconds of the lease of a running deployment: its command is killed if the lease was not renewed for nearly as long.
    /// </summary>
    [ConfigurationKeyName("USHER_LEASE"), Range(1, 3600)]
    public double LeaseSeconds { get; set; } = 30;

    /// <summary>The timeout of a deployment, in seconds.</summary>
    [ConfigurationKeyName("USHER_DEPLOY_TIMEOUT"), Range(0.1, 86400)]
    public double TimeoutSeconds { get; set; } = 3600;

    /// <summary>
    /// The command and its arguments, separated by spaces; no shell is involved, and quotes group words. <c>{server}</c>, <c>{issues}</c>,
    /// <c>{project}</c>, <c>{status}</c> and <c>{numbers}</c> are replaced by the server's name, the issues' ids, the project's key and the
    /// status in
    /// lower case, and the issues' numbers.
    /// </summary>
    [ConfigurationKeyName(CommandKey)]
    public string Command { get; set; } = "python -m wwts.devops.deploy {server} {issues}";

    /// <summary>The command's working directory; null means that of Monarch.</summary>
    [ConfigurationKeyName(DirectoryKey)]
    public string? Directory { get; set; }

    /// <summary>The environment variables that the command inherits from Monarch, separated by commas; all others are removed.</summary>
    [ConfigurationKeyName(EnvironmentKey)]
    public string Environment { get; set; } = "PATH,HOME,USER,LOGNAME,SHELL,LANG,LC_ALL,TZ,TMPDIR,SSH_AUTH_SOCK";

    /// <summary>The Slack channel for notices of deployments, by id or name; null means none. It needs <c>SLACK_BOT_TOKEN</c>.</summary>
    [ConfigurationKeyName(SlackChannelKey)]
    public string? SlackChannel { get; set; }

    internal TimeSpan Quiet => TimeSpan.FromSeconds(QuietSeconds);

    internal TimeSpan MaxWait => TimeSpan.FromSeconds(MaxWaitSeconds);

    internal TimeSpan RetryDelay => TimeSpan.FromSeconds(RetryDelaySeconds);

    internal TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    /// <summary>
    /// The time that a command has to exit after a termination request. Not configurable, because a stopping host has little more. Tests
    /// shorten it.
    /// </summary>
    internal TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    internal IReadOnlyList<string> EnvironmentNames() =>
        Environment.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
