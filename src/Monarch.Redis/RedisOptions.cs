using Microsoft.Extensions.Configuration;

namespace Monarch.Redis;

/// <summary>Where Redis (or Valkey) is. Flat configuration keys, the same in the environment, <c>.env</c> and <c>appsettings.json</c>.</summary>
public sealed class RedisOptions
{
    /// <summary>The configuration key of <see cref="Host"/>.</summary>
    public const string HostKey = "VALKEY_HOST";

    /// <summary>The server's name or address, without a port; null or empty means that there is no Redis.</summary>
    [ConfigurationKeyName(HostKey)]
    public string? Host { get; set; }

    /// <summary>The server's port, 1 to 65535; 6379 by default.</summary>
    [ConfigurationKeyName("VALKEY_PORT")]
    public int Port { get; set; } = 6379;

    /// <summary>The number of the database, 0 by default. Publish and subscribe know no databases.</summary>
    [ConfigurationKeyName("VALKEY_DB")]
    public int Database { get; set; }

    /// <summary>The default user's password; null or empty means none. A secret.</summary>
    [ConfigurationKeyName("VALKEY_PASSWORD")]
    public string? Password { get; set; }

    /// <summary>Whether the connection is encrypted; the server's certificate must be valid for <see cref="Host"/>. False by default.</summary>
    [ConfigurationKeyName("VALKEY_TLS")]
    public bool Tls { get; set; }

    /// <summary>How long one call may take, in seconds, above 0 to 300; 5 by default.</summary>
    [ConfigurationKeyName("VALKEY_TIMEOUT")]
    public double TimeoutSeconds { get; set; } = 5;

    /// <summary><see cref="TimeoutSeconds"/> as a span.</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    /// <summary>Whether a host is configured.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(Host);

    /// <summary>The server as people write it; never with the password.</summary>
    public override string ToString() => $"{Host}:{Port}/{Database}";
}
