using Microsoft.Extensions.Options;
using Monarch.Hosting.Settings;

namespace Monarch.Hosting.Telemetry;

sealed class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options) =>
        options.Endpoint is null || (Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https"))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(Fault.Of(TelemetryOptions.EndpointKey, options.Endpoint, "which is not the URL of a collector",
                "Set it to http://host:4317, or leave it out to push nothing."));
}
