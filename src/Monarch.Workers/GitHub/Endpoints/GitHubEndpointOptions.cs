using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.GitHub.Endpoints;

/// <summary>The fuses of one process on each endpoint that talks to GitHub: MassTransit's retry, circuit breaker and rate limit.</summary>
sealed class GitHubEndpointOptions
{
    /// <summary>Messages handled at once by one endpoint of one process.</summary>
    [ConfigurationKeyName("WORKER_CONCURRENCY"), Range(1, 1000)]
    public int Concurrency { get; set; } = 20;

    /// <summary>Short retries in place after a transient failure, before the saga is asked to wait.</summary>
    [ConfigurationKeyName("GITHUB_RETRIES"), Range(0, 5)]
    public int Retries { get; set; } = 2;

    /// <summary>Milliseconds before the first short retry; each further one waits as much longer.</summary>
    [ConfigurationKeyName("GITHUB_RETRY_INTERVAL"), Range(1, 10000)]
    public int RetryIntervalMilliseconds { get; set; } = 200;

    /// <summary>Percentage of failed messages in a minute at which the breaker opens.</summary>
    [ConfigurationKeyName("GITHUB_BREAKER_TRIP"), Range(1, 100)]
    public int BreakerTripPercent { get; set; } = 50;

    /// <summary>Messages in a minute below which the breaker stays closed, whatever fails.</summary>
    [ConfigurationKeyName("GITHUB_BREAKER_ACTIVE"), Range(1, 100000)]
    public int BreakerActiveMessages { get; set; } = 10;

    /// <summary>Seconds for which an open breaker stays open.</summary>
    [ConfigurationKeyName("GITHUB_BREAKER_RESET"), Range(0.05, 3600)]
    public double BreakerResetSeconds { get; set; } = 10;

    /// <summary>Messages a second that one endpoint of one process starts at most.</summary>
    [ConfigurationKeyName("WORKER_RATE_LIMIT"), Range(1, 100000)]
    public int MessagesPerSecond { get; set; } = 200;
}
