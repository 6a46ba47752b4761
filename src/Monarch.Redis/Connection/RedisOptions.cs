using Microsoft.Extensions.Configuration;

namespace Monarch.Redis.Connection;

/// <summary>
/// The address of Redis (or Valkey): one server by <see cref="Host"/> or <see cref="Url"/>, or the master of a service of
/// <see cref="Sentinels"/>. The configuration keys are the same in the environment, <c>.env</c> and <c>appsettings.json</c>.
/// </summary>
public sealed class RedisOptions
{
    /// <summary>The configuration key of <see cref="Host"/>.</summary>
    public const string HostKey = "VALKEY_HOST";

    /// <summary>The configuration key of <see cref="Url"/>.</summary>
    public const string UrlKey = "VALKEY_URL";

    /// <summary>The configuration key of <see cref="Sentinels"/>.</summary>
    public const string SentinelsKey = "VALKEY_SENTINELS";

    /// <summary>The configuration key of <see cref="Service"/>.</summary>
    public const string ServiceKey = "VALKEY_SERVICE";

    /// <summary>The configuration key of <see cref="CaFile"/>.</summary>
    public const string CaFileKey = "VALKEY_TLS_CA";

    internal const string PortKey = "VALKEY_PORT";
    internal const string DatabaseKey = "VALKEY_DB";
    internal const string UserKey = "VALKEY_USER";
    internal const string PasswordKey = "VALKEY_PASSWORD";
    internal const string TlsKey = "VALKEY_TLS";
    internal const string SentinelPasswordKey = "VALKEY_SENTINEL_PASSWORD";
    internal const string WaitReplicasKey = "VALKEY_WAIT_REPLICAS";

    /// <summary>The keys of the address, of which one must be set; without any of them, state is kept in memory.</summary>
    public static readonly IReadOnlyList<string> PlaceKeys = [HostKey, UrlKey, SentinelsKey];

    /// <summary>The server's name or address, without a port.</summary>
    [ConfigurationKeyName(HostKey)]
    public string? Host { get; set; }

    /// <summary>
    /// The server as <c>redis://user:password@host:port/database</c>, <c>rediss</c> for TLS, percent-encoded. It replaces host, port,
    /// database, user, password and TLS, which must not be set too. Contains a secret.
    /// </summary>
    [ConfigurationKeyName(UrlKey)]
    public string? Url { get; set; }

    /// <summary>The addresses of sentinels, <c>host:port,host:port</c>; the default port is 26379.</summary>
    [ConfigurationKeyName(SentinelsKey)]
    public string? Sentinels { get; set; }

    /// <summary>The name of the sentinels' service.</summary>
    [ConfigurationKeyName(ServiceKey)]
    public string? Service { get; set; }

    /// <summary>The password of the sentinels themselves; null means none. A secret.</summary>
    [ConfigurationKeyName(SentinelPasswordKey)]
    public string? SentinelPassword { get; set; }

    /// <summary>The server's port, 1 to 65535; null means 6379.</summary>
    [ConfigurationKeyName(PortKey)]
    public int? Port { get; set; }

    /// <summary>The number of the database; null means 0. Publish and subscribe are independent of databases.</summary>
    [ConfigurationKeyName(DatabaseKey)]
    public int? Database { get; set; }

    /// <summary>The ACL user; null means the default user.</summary>
    [ConfigurationKeyName(UserKey)]
    public string? User { get; set; }

    /// <summary>The user's password; null means none. A secret.</summary>
    [ConfigurationKeyName(PasswordKey)]
    public string? Password { get; set; }

    /// <summary>
    /// Whether connections are encrypted, to the sentinels too; the certificate must be valid for the server's name. Null means false.
    /// </summary>
    [ConfigurationKeyName(TlsKey)]
    public bool? Tls { get; set; }

    /// <summary>
    /// The path of a PEM file with the certificate of the authority that signed the server's; null means the authorities that the machine
    /// trusts.
    /// </summary>
    [ConfigurationKeyName(CaFileKey)]
    public string? CaFile { get; set; }

    /// <summary>The time-out of a call in seconds, above 0 and at most 300; 5 by default.</summary>
    [ConfigurationKeyName("VALKEY_TIMEOUT")]
    public double TimeoutSeconds { get; set; } = 5;

    /// <summary>The number of replicas that must have the intent to create an issue before it is created, 0 to 10; 0 by default.</summary>
    [ConfigurationKeyName(WaitReplicasKey)]
    public int WaitReplicas { get; set; }

    /// <summary><see cref="TimeoutSeconds"/> as a time span.</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    /// <summary>Whether an address is set.</summary>
    public bool IsConfigured => new[] { Host, Url, Sentinels }.Any(x => !string.IsNullOrWhiteSpace(x));

    /// <summary>The key of the address: one of <see cref="PlaceKeys"/>, or the key of a feature with its own server.</summary>
    public string PlaceKey
    {
        get =>
            field
            ?? (
                Url is not null ? UrlKey
                : Sentinels is not null ? SentinelsKey
                : HostKey
            );
        init;
    }

    /// <summary>The error in <see cref="Url"/>, as a clause without a secret; null if it is valid.</summary>
    public string? UrlProblem => RedisAddress.TryParse(this, out _, out var problem) ? null : problem;

    /// <summary>The server or the service, without the password.</summary>
    public override string ToString() => RedisAddress.TryParse(this, out var address, out _) ? address.ToString() : "an unknown address";
}
