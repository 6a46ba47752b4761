using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>How the ledger deals with doubt.</summary>
sealed class LedgerOptions
{
    /// <summary>
    /// Seconds after a doubtful attempt before GitHub's listings are trusted to show its issue, and before a listing that lacks issues
    /// is believed.
    /// </summary>
    [ConfigurationKeyName("GITHUB_SETTLE"), Range(0, 3600)]
    public double SettleSeconds { get; set; } = 15;

    internal TimeSpan Settle => TimeSpan.FromSeconds(SettleSeconds);
}
