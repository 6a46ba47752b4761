using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.Migrations.Backoff;

/// <summary>How the sagas wait.</summary>
sealed class MigrationOptions
{
    /// <summary>Hours of failures in a row after which a wait is given up and named as a failure.</summary>
    [ConfigurationKeyName("MIGRATION_GIVE_UP_AFTER"), Range(0.001, 720)]
    public double GiveUpAfterHours { get; set; } = 24;

    /// <summary>Seconds without an answer after which a command is sent again; they double each time.</summary>
    [ConfigurationKeyName("MIGRATION_STALL_AFTER"), Range(1, 3600)]
    public double StallAfterSeconds { get; set; } = 120;

    /// <summary>Seconds of the first wait after a failure for which GitHub named no time; they double each time, up to five minutes.</summary>
    [ConfigurationKeyName("MIGRATION_RETRY_DELAY"), Range(0.01, 300)]
    public double RetryDelaySeconds { get; set; } = 2;

    /// <summary>Seconds for which a repository that GitHub does not find (404) is asked for again before it is refused; 0 refuses it at once.</summary>
    [ConfigurationKeyName("GITHUB_NEW_REPO_GRACE"), Range(0, 3600)]
    public double NewRepositoryGraceSeconds { get; set; } = 60;

    /// <summary>Days for which an ended saga and what the pages show of it are kept.</summary>
    [ConfigurationKeyName("MIGRATION_RETENTION"), Range(1, 3650)]
    public double RetentionDays { get; set; } = 30;

    internal TimeSpan GiveUpAfter => TimeSpan.FromHours(GiveUpAfterHours);

    internal TimeSpan StallAfter => TimeSpan.FromSeconds(StallAfterSeconds);

    internal TimeSpan RetryDelay => TimeSpan.FromSeconds(RetryDelaySeconds);

    internal TimeSpan NewRepositoryGrace => TimeSpan.FromSeconds(NewRepositoryGraceSeconds);

    /// <summary>A source has been there for long: only a single answer that lags behind is not believed.</summary>
    internal TimeSpan SourceGrace => NewRepositoryGrace / 10;

    /// <summary>For which an answer that makes no sense is asked for again: three times.</summary>
    internal TimeSpan SlipGrace => RetryDelay * 7;

    internal TimeSpan Retention => TimeSpan.FromDays(RetentionDays);
}
