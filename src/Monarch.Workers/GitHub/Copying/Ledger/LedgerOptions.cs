using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.GitHub.Copying.Ledger;

/// <summary>How long GitHub's listings lag behind.</summary>
sealed class LedgerOptions
{
    /// <summary>
    /// Seconds after a doubtful attempt until GitHub's listings show its issue, and until an incomplete listing is accepted.
    /// </summary>
    [ConfigurationKeyName("GITHUB_SETTLE"), Range(0, 3600)]
    public double SettleSeconds { get; set; } = 15;

    internal TimeSpan Settle => TimeSpan.FromSeconds(SettleSeconds);
}
