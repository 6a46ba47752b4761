using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.GitHub.Issues;

/// <summary>How long a run of one command may be. Whatever ends first ends it; its first issue is always tried.</summary>
sealed class CopyOptions
{
    /// <summary>Issues of one run at most.</summary>
    [ConfigurationKeyName("RUN_ISSUES"), Range(1, 1000)]
    public int RunIssues { get; set; } = 50;

    /// <summary>Seconds, after its first issue, in which a run may wait for GitHub's limits and start further ones.</summary>
    [ConfigurationKeyName("RUN_SECONDS"), Range(0, 60)]
    public double RunSeconds { get; set; } = 1;

    internal TimeSpan RunTime => TimeSpan.FromSeconds(RunSeconds);
}
