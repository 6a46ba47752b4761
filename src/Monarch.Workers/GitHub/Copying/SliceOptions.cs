using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>
/// The limits of a slice, the issues that one command copies. The first limit that is reached ends it; its first issue is always attempted.
/// </summary>
sealed class SliceOptions
{
    /// <summary>The largest number of issues in a slice.</summary>
    [ConfigurationKeyName("RUN_ISSUES"), Range(1, 1000)]
    public int SliceIssues { get; set; } = 50;

    /// <summary>
    /// Seconds, counted from the first attempt, in which a slice may wait for GitHub's limits and attempt further issues.
    /// </summary>
    [ConfigurationKeyName("RUN_SECONDS"), Range(0, 60)]
    public double SliceSeconds { get; set; } = 1;

    internal TimeSpan SliceTime => TimeSpan.FromSeconds(SliceSeconds);
}
