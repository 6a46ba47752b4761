using Microsoft.Extensions.Options;
using Monarch.Hosting.Settings;

namespace Monarch.Hosting.Http;

sealed class HttpOptionsValidator(HostRole role) : IValidateOptions<HttpOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpOptions options)
    {
        List<string> faults = [.. PortFault.Of(HttpOptions.PrometheusPortKey, options.PrometheusPort, 8080)];
        if (role.HasBridge)
        {
            faults.AddRange(PortFault.Of(HttpOptions.WebPortKey, options.WebPort, 8081));
            faults.AddRange(PortFault.Same(HttpOptions.WebPortKey, options.WebPort, HttpOptions.PrometheusPortKey, options.PrometheusPort));
        }
        faults.AddRange(Access(options));
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    IEnumerable<string> Access(HttpOptions options)
    {
        var addresses = options.Addresses();
        if (addresses is null)
        {
            yield return SettingError.Of(HttpOptions.BindKey, options.Bind, BindAddresses.Problem, BindAddresses.Remedy);
        }
        else if (role.HasBridge && AccessKey.Of(options).Count == 0 && BindAddresses.Open(addresses) is { } open)
        {
            yield return SettingError.Missing(
                HttpOptions.ApiKeyKey,
                $"but {HttpOptions.BindKey} opens the API to others ({open})",
                $"Set {HttpOptions.ApiKeyKey} to a long random text (openssl rand -hex 32), or leave out {HttpOptions.BindKey} to listen on this machine only."
            );
        }
        if (options.ApiKey?.Any(AccessKey.IsUnsendable) is true)
        {
            yield return SettingError.OfSecret(
                HttpOptions.ApiKeyKey,
                "contains a character that an HTTP header cannot carry",
                "Use letters, digits and ASCII punctuation without spaces (openssl rand -hex 32)."
            );
        }

        if (options.KeyRingSecret is { Length: < HttpOptions.KeyRingSecretMinLength })
        {
            yield return SettingError.OfSecret(
                HttpOptions.KeyRingSecretKey,
                $"has fewer than {HttpOptions.KeyRingSecretMinLength} characters",
                "Set it to a long random text (openssl rand -hex 32), the same for every Bridge, or leave it out."
            );
        }
        foreach (var fault in AccessKey.FaultsOf(options))
        {
            yield return SettingError.OfSecret(
                HttpOptions.ApiKeysKey,
                fault,
                "Set it to entries such as reader:view:KEY and ada:operate:KEY, separated by commas, with letters, digits and ASCII punctuation."
            );
        }
    }
}
