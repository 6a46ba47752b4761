using System.Net;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Settings;

namespace Monarch.Hosting.Http;

sealed class HttpOptionsValidator(HostRole role) : IValidateOptions<HttpOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpOptions options)
    {
        List<string> faults = [.. Port(HttpOptions.PrometheusPortKey, options.PrometheusPort, 8080)];
        if (role.HasBridge)
        {
            faults.AddRange(Port(HttpOptions.WebPortKey, options.WebPort, 8081));
            if (options.WebPort == options.PrometheusPort && options.WebPort != 0)
            {
                faults.Add(Fault.Of(HttpOptions.WebPortKey, $"{options.WebPort}", $"and {HttpOptions.PrometheusPortKey} is the same",
                    "Give each a port of its own."));
            }
        }
        faults.AddRange(Access(options));
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    static IEnumerable<string> Port(string key, int port, int standard) => port is >= 0 and <= 65535
        ? []
        : [Fault.Of(key, $"{port}", "which is not a port", $"Set it to a number from 0 (any free port) to 65535, or leave it out for the default, {standard}.")];

    IEnumerable<string> Access(HttpOptions options)
    {
        var addresses = options.Addresses();
        if (addresses is null)
        {
            yield return Fault.Of(HttpOptions.BindKey, options.Bind, "which is not a list of addresses",
                "Set it to IP addresses parted by commas, localhost, or * for all; or leave it out for the default, 127.0.0.1.");
        }
        else if (role.HasBridge && options.ApiKey is null && addresses.FirstOrDefault(address => !IPAddress.IsLoopback(address)) is { } open)
        {
            yield return Fault.Missing(HttpOptions.ApiKeyKey, $"but {HttpOptions.BindKey} opens the API to others ({open})",
                $"Set {HttpOptions.ApiKeyKey} to a long random text (openssl rand -hex 32), or leave out {HttpOptions.BindKey} to listen on this machine only.");
        }
        if (options.ApiKey?.Any(c => !char.IsAscii(c) || char.IsControl(c) || c == ' ') is true)
        {
            yield return Fault.OfSecret(HttpOptions.ApiKeyKey, "holds a character that an HTTP header cannot carry",
                "Use letters, digits and ASCII signs without spaces (openssl rand -hex 32).");
        }
    }
}
