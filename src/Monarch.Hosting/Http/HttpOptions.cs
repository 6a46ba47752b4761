using System.Net;
using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Http;

/// <summary>The addresses of the host's listeners, and the keys.</summary>
sealed class HttpOptions
{
    public const string WebPortKey = "WEB_PORT";
    public const string PrometheusPortKey = "PROMETHEUS_PORT";
    public const string BindKey = "MONARCH_BIND";
    public const string ApiKeyKey = "MONARCH_API_KEY";
    public const string ApiKeysKey = "MONARCH_API_KEYS";
    public const string KeyRingSecretKey = "MONARCH_KEYRING_SECRET";
    public const int KeyRingSecretMinLength = 32;

    /// <summary>Port of the API and the pages, on hosts that have a Bridge; 0 means any free one.</summary>
    [ConfigurationKeyName(WebPortKey)]
    public int WebPort { get; set; } = 8081;

    /// <summary>Port of <c>/metrics</c> and <c>/health</c>, on every host; 0 means any free one.</summary>
    [ConfigurationKeyName(PrometheusPortKey)]
    public int PrometheusPort { get; set; } = 8080;

    /// <summary>Addresses to listen on, separated by commas: IP addresses, <c>localhost</c>, or <c>*</c> for all of IPv4.</summary>
    [ConfigurationKeyName(BindKey)]
    public string Bind { get; set; } = "127.0.0.1";

    /// <summary>The bearer token that the API and the pages require, on loopback too; null means none.</summary>
    [ConfigurationKeyName(ApiKeyKey)]
    public string? ApiKey { get; set; }

    /// <summary>
    /// Further keys, each <c>name:role:key</c> with the role <c>view</c> or <c>operate</c>, separated by commas or whitespace. Null means
    /// none.
    /// </summary>
    [ConfigurationKeyName(ApiKeysKey)]
    public string? ApiKeys { get; set; }

    /// <summary>
    /// From which the key of cookies and forms is derived, the same for all Bridges; null means a random key for each process.
    /// </summary>
    [ConfigurationKeyName(KeyRingSecretKey)]
    public string? KeyRingSecret { get; set; }

    /// <summary>The addresses of <see cref="Bind"/>; null when it is invalid.</summary>
    public IReadOnlyList<IPAddress>? Addresses() => BindAddresses.Of(Bind);
}
