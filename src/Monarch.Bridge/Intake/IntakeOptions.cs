using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Bridge.Intake;

/// <summary>How the intake deals with silence.</summary>
sealed class IntakeOptions
{
    /// <summary>Seconds without an answer after which a request is sent to its batch saga again.</summary>
    [ConfigurationKeyName("INTAKE_RESEND_AFTER"), Range(0.1, 3600)]
    public double ResendAfterSeconds { get; set; } = 15;

    internal TimeSpan ResendAfter => TimeSpan.FromSeconds(ResendAfterSeconds);
}
