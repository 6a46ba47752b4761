using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Bridge.Status;

/// <summary>How long the read model is kept.</summary>
sealed class StatusOptions
{
    /// <summary>Days for which a migration is shown after its last change.</summary>
    [ConfigurationKeyName("MIGRATION_RETENTION"), Range(1, 3650)]
    public double RetentionDays { get; set; } = 30;

    internal TimeSpan Retention => TimeSpan.FromDays(RetentionDays);
}
