using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>Limits the slice of one command, by issues and by time. The first issue is always tried.</summary>
sealed class CopyOptions
{
    /// <summary>Maximum issues of one slice.</summary>
    [ConfigurationKeyName("RUN_ISSUES"), Range(1, 1000)]
    public int RunIssues { get; set; } = 50;

    /// <summary>Seconds after the first issue in which a slice may wait for the budget and start further issues.</summary>
    [ConfigurationKeyName("RUN_SECONDS"), Range(0, 60)]
    public double RunSeconds { get; set; } = 1;

    internal TimeSpan RunTime => TimeSpan.FromSeconds(RunSeconds);
}
