using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Settings;

namespace Monarch.Hosting.Http;

sealed class UsherHttpOptionsValidator(HostRole role, IConfiguration configuration) : IValidateOptions<UsherHttpOptions>
{
    public ValidateOptionsResult Validate(string? name, UsherHttpOptions options)
    {
        var faults = role.OpensUsher(configuration) ? Faults(options).ToList() : [];
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    IEnumerable<string> Faults(UsherHttpOptions options)
    {
        var defaults = new HttpOptions();
        IEnumerable<string> ports =
        [
            .. PortFault.Of(UsherHttpOptions.PortKey, options.Port, UsherHttpOptions.DefaultPort),
            .. role.HasBridge ? Same(options, HttpOptions.WebPortKey, defaults.WebPort) : [],
            .. Same(options, HttpOptions.PrometheusPortKey, defaults.PrometheusPort),
        ];
        foreach (var fault in ports)
        {
            yield return fault;
        }

        var addresses = options.Addresses();
        if (addresses is null)
        {
            yield return SettingError.Of(UsherHttpOptions.BindKey, options.Bind, BindAddresses.Problem, BindAddresses.Remedy);
        }

        if (options.Networks() is null)
        {
            yield return SettingError.Of(
                UsherHttpOptions.TrustedNetworksKey,
                options.TrustedNetworks,
                "which is not a list of networks",
                "Set it to networks separated by commas, such as 10.20.0.0/16,192.168.7.5/32,fd00:1234::/32."
            );
        }
        else if (
            addresses is not null
            && BindAddresses.Open(addresses) is { } open
            && configuration[HttpOptions.ApiKeyKey] is null
            && configuration[HttpOptions.ApiKeysKey] is null
            && options.Networks() is { Count: 0 }
        )
        {
            yield return SettingError.Missing(
                HttpOptions.ApiKeyKey,
                $"but {UsherHttpOptions.BindKey} opens Usher to others ({open})",
                $"Set {HttpOptions.ApiKeyKey} to a long random text (openssl rand -hex 32), or {UsherHttpOptions.TrustedNetworksKey} to the networks of clients "
                    + $"that cannot send it, or leave out {UsherHttpOptions.BindKey} to listen on this machine only."
            );
        }
    }

    // The options of the other port report a value that is not a number.
    IEnumerable<string> Same(UsherHttpOptions options, string key, int defaultPort) =>
        int.TryParse(configuration[key] ?? $"{defaultPort}", NumberStyles.Integer, CultureInfo.InvariantCulture, out var other)
            ? PortFault.Same(UsherHttpOptions.PortKey, options.Port, key, other)
            : [];
}
