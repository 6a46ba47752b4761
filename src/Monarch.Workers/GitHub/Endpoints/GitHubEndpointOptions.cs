using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.GitHub.Endpoints;

/// <summary>Retry, circuit breaker and rate limit of each endpoint that calls GitHub, per process.</summary>
sealed class GitHubEndpointOptions
{
    /// <summary>Messages handled concurrently by one endpoint of one process.</summary>
    [ConfigurationKeyName("WORKER_CONCURRENCY"), Range(1, 1000)]
    public int Concurrency { get; set; } = 20;

    /// <summary>Immediate retries after a transient failure, before the failure is reported to the saga.</summary>
    [ConfigurationKeyName("GITHUB_RETRIES"), Range(0, 5)]
    public int Retries { get; set; } = 2;

    /// <summary>Milliseconds before the first retry; added again for each further one.</summary>
    [ConfigurationKeyName("GITHUB_RETRY_INTERVAL"), Range(1, 10000)]
    public int RetryIntervalMilliseconds { get; set; } = 200;

    /// <summary>Percentage of failed messages in a minute at which the breaker opens.</summary>
    [ConfigurationKeyName("GITHUB_BREAKER_TRIP"), Range(1, 100)]
    public int BreakerTripPercent { get; set; } = 50;

    /// <summary>Messages in a minute below which the breaker stays closed.</summary>
    [ConfigurationKeyName("GITHUB_BREAKER_ACTIVE"), Range(1, 100000)]
    public int BreakerActiveMessages { get; set; } = 10;

    /// <summary>Seconds before an open breaker becomes half-open.</summary>
    [ConfigurationKeyName("GITHUB_BREAKER_RESET"), Range(0.05, 3600)]
    public double BreakerResetSeconds { get; set; } = 10;

    /// <summary>Maximum messages per second of one endpoint of one process.</summary>
    [ConfigurationKeyName("WORKER_RATE_LIMIT"), Range(1, 100000)]
    public int MessagesPerSecond { get; set; } = 200;
}
