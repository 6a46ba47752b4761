using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Bridge.Intake;

/// <summary>When the intake sends entries again.</summary>
sealed class IntakeOptions
{
    /// <summary>Seconds without an answer after which a request is sent to its saga again.</summary>
    [ConfigurationKeyName("INTAKE_RESEND_AFTER"), Range(0.1, 3600)]
    public double ResendAfterSeconds { get; set; } = 15;

    /// <summary>
    /// How long moves are collected before the next ones are sent: a queue is saved and shown as a whole, so moves that arrive together are
    /// saved together. Not configurable. Tests with a stopped clock set it to zero.
    /// </summary>
    internal TimeSpan CollectMovesFor { get; set; } = TimeSpan.FromMilliseconds(200);

    internal TimeSpan ResendAfter => TimeSpan.FromSeconds(ResendAfterSeconds);
}
