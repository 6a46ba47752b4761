using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.Migrations.Backoff;

/// <summary>How sagas retry and expire.</summary>
sealed class MigrationOptions
{
    /// <summary>Hours of failures in a row after which a saga gives up.</summary>
    [ConfigurationKeyName("MIGRATION_GIVE_UP_AFTER"), Range(0.001, 720)]
    public double GiveUpAfterHours { get; set; } = 24;

    /// <summary>Seconds without an answer after which a command is sent again; doubled each time.</summary>
    [ConfigurationKeyName("MIGRATION_STALL_AFTER"), Range(1, 3600)]
    public double StallAfterSeconds { get; set; } = 120;

    /// <summary>
    /// Seconds before the first retry of a failure for which GitHub named no time; doubled each time, up to five minutes.
    /// </summary>
    [ConfigurationKeyName("MIGRATION_RETRY_DELAY"), Range(0.01, 300)]
    public double RetryDelaySeconds { get; set; } = 2;

    /// <summary>
    /// Seconds for which the look-up of a repository that GitHub does not find (404) is retried before the repository is refused; 0 refuses
    /// it immediately.
    /// </summary>
    [ConfigurationKeyName("GITHUB_NEW_REPO_GRACE"), Range(0, 3600)]
    public double NewRepositoryGraceSeconds { get; set; } = 60;

    /// <summary>Days for which ended sagas and their pages are kept.</summary>
    [ConfigurationKeyName("MIGRATION_RETENTION"), Range(1, 3650)]
    public double RetentionDays { get; set; } = 30;

    internal TimeSpan GiveUpAfter => TimeSpan.FromHours(GiveUpAfterHours);

    internal TimeSpan StallAfter => TimeSpan.FromSeconds(StallAfterSeconds);

    internal TimeSpan RetryDelay => TimeSpan.FromSeconds(RetryDelaySeconds);

    internal TimeSpan NewRepositoryGrace => TimeSpan.FromSeconds(NewRepositoryGraceSeconds);

    /// <summary>The grace of a source, which is older than its targets: covers a single stale answer.</summary>
    internal TimeSpan SourceGrace => NewRepositoryGrace / 10;

    /// <summary>The grace of an inconsistent answer: time for three retries.</summary>
    internal TimeSpan SlipGrace => RetryDelay * 7;

    internal TimeSpan Retention => TimeSpan.FromDays(RetentionDays);
}
