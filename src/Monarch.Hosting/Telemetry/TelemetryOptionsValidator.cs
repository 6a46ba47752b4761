using Microsoft.Extensions.Options;
using Monarch.Hosting.Settings;

namespace Monarch.Hosting.Telemetry;

sealed class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    static IEnumerable<string> Faults(TelemetryOptions options)
    {
        if (
            options.Endpoint is not null
            && !(Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https"))
        )
        {
            yield return SettingError.Of(
                TelemetryOptions.EndpointKey,
                options.Endpoint,
                "which is not the URL of a collector",
                "Set it to http://host:4317, or leave it out to push nothing."
            );
        }

        if (
            TelemetryOptions.PushesMetrics(options.MetricsExporter)
            && !options.MetricsExporter.Equals(TelemetryOptions.Otlp, StringComparison.OrdinalIgnoreCase)
        )
        {
            yield return SettingError.Of(
                TelemetryOptions.MetricsExporterKey,
                options.MetricsExporter,
                "which is not one of otlp, none",
                "Set it to none to push traces only, or leave it out for the default, otlp."
            );
        }
    }
}
