using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.Migrations;

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

    /// <summary>Days for which an ended saga and what the pages show of it are kept.</summary>
    [ConfigurationKeyName("MIGRATION_RETENTION"), Range(1, 3650)]
    public double RetentionDays { get; set; } = 30;

    internal TimeSpan GiveUpAfter => TimeSpan.FromHours(GiveUpAfterHours);

    internal TimeSpan StallAfter => TimeSpan.FromSeconds(StallAfterSeconds);

    internal TimeSpan RetryDelay => TimeSpan.FromSeconds(RetryDelaySeconds);

    internal TimeSpan Retention => TimeSpan.FromDays(RetentionDays);
}
