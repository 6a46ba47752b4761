using System.Globalization;
using System.Security.Authentication;
using Microsoft.Extensions.Options;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Redis.Connection;

/// <summary>
/// Checks whether a server is suitable for state. Uses INFO, since managed servers forbid CONFIG.
/// </summary>
sealed class RedisServerCheck(RedisConnection redis, RedisPermissions permissions, IOptions<RedisOptions> options)
{
    /// <summary>The first version with XAUTOCLAIM.</summary>
    static readonly Version Oldest = new(6, 2);

    const string Written = "monarch:check:write";
    const int WrittenMilliseconds = 60_000;

    static readonly string[] PasswordFaults = ["NOAUTH", "WRONGPASS", "invalid password"];

    readonly RedisOptions _options = options.Value;

    /// <summary>The problem of the server, with the remedy; null when it is suitable.</summary>
    /// <exception cref="RedisUnavailableException">The server is unavailable.</exception>
    public Task<string?> FaultAsync(CancellationToken cancellationToken) =>
        ExplainedAsync(async () =>
        {
            await LogInAsync(cancellationToken);
            // Fails while the server is a replica, out of memory, cannot save, or has too few replicas.
            await redis.ExecuteAsync("SET", cancellationToken, Written, 0, "PX", WrittenMilliseconds);
            return Fault(await redis.InfoAsync(cancellationToken), _options.PlaceKey) ?? await DatabaseFaultAsync(cancellationToken);
        });

    /// <summary>The same, and the missing rights of the user, which takes a call for each command.</summary>
    /// <exception cref="RedisUnavailableException">The server is unavailable.</exception>
    public Task<string?> FaultAtStartAsync(CancellationToken cancellationToken) =>
        ExplainedAsync(async () =>
        {
            await LogInAsync(cancellationToken);
            // First, because a cluster refuses the calls that check the rights.
            return await UnsuitableAsync(cancellationToken)
                ?? PermissionFault(await permissions.MissingAsync(cancellationToken))
                ?? await DatabaseFaultAsync(cancellationToken)
                ?? await WaitFaultAsync(cancellationToken);
        });

    /// <summary>The number of replicas from which the server may be cut off and still accept writes; 0 when nothing is at risk.</summary>
    /// <exception cref="RedisUnavailableException">The server is unavailable.</exception>
    public async Task<int> ReplicasAtRiskAsync(CancellationToken cancellationToken) =>
        _options.WaitReplicas > 0 ? 0 : ReplicasAtRisk(await redis.InfoAsync(cancellationToken));

    /// <param name="info">The server's INFO.</param>
    /// <param name="key">The setting that names the server.</param>
    public static string? Fault(string info, string key)
    {
        var facts = Facts(info);
        var version = facts.GetValueOrDefault("redis_version", "");
        if (Version.TryParse(version, out var parsed) && parsed < Oldest)
        {
            return $"{key} names a Redis {version}, which is too old. Use Redis {Oldest} or newer, or any Valkey.";
        }

        if (facts.GetValueOrDefault("cluster_enabled") == "1")
        {
            return $"{key} names a Redis Cluster, which is not supported. Use a server without cluster mode, standalone or with Sentinel.";
        }

        var policy = facts.GetValueOrDefault("maxmemory_policy", "noeviction");
        var limit = long.TryParse(facts.GetValueOrDefault("maxmemory", "0"), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
        if (limit > 0 && policy != "noeviction")
        {
            return $"{key} names a Redis with maxmemory {limit} and maxmemory-policy {policy}, which may evict state when memory "
                + "runs short. Set maxmemory-policy to noeviction (CONFIG SET maxmemory-policy noeviction, and in redis.conf).";
        }
        return null;
    }

    /// <param name="info">The server's INFO, which has min_slaves_good_slaves only if min-replicas-to-write is set.</param>
    public static int ReplicasAtRisk(string info)
    {
        var facts = Facts(info);
        return
            !facts.ContainsKey("min_slaves_good_slaves")
            && int.TryParse(facts.GetValueOrDefault("connected_slaves"), CultureInfo.InvariantCulture, out var replicas)
            ? replicas
            : 0;
    }

    static Dictionary<string, string> Facts(string info) =>
        info.Split('\n', StringSplitOptions.TrimEntries)
            .Select(x => x.Split(':', 2))
            .Where(x => x.Length == 2)
            .DistinctBy(x => x[0])
            .ToDictionary(x => x[0], x => x[1]);

    // If the default user needs no password, the client library remains that user after a failed login, as after a failover to a server
    // without the configured user.
    async Task LogInAsync(CancellationToken cancellationToken)
    {
        if (RedisAddress.Of(_options) is not { User: { } user, Password: var password })
        {
            return;
        }

        try
        {
            await redis.ExecuteAsync("AUTH", cancellationToken, user, password ?? "");
        }
        catch (RedisServerException)
        {
            // The server has no users. The message may contain the password.
        }
    }

    // A user without the right to INFO is reported with all missing rights.
    async Task<string?> UnsuitableAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Fault(await redis.InfoAsync(cancellationToken), _options.PlaceKey);
        }
        catch (RedisUnavailableException e) when (RedisPermissions.Missing(e) is not null)
        {
            return null;
        }
    }

    // The client library ignores the reply to SELECT: if it is refused, the library uses database 0.
    async Task<string?> DatabaseFaultAsync(CancellationToken cancellationToken)
    {
        var database = RedisAddress.Of(_options).Database;
        try
        {
            await redis.ExecuteAsync("SELECT", cancellationToken, database);
            return null;
        }
        catch (RedisServerException e)
        {
            return $"{Login(RedisOptions.DatabaseKey)} selects database {database}, which {_options} refuses: {e.Message}. "
                + "Select an existing database; most servers have 0 to 15.";
        }
    }

    async Task<string?> WaitFaultAsync(CancellationToken cancellationToken)
    {
        if (_options.WaitReplicas == 0)
        {
            return null;
        }

        try
        {
            await redis.ExecuteAsync("WAIT", cancellationToken, 0, 1);
            return null;
        }
        catch (RedisServerException e)
        {
            return $"{RedisOptions.WaitReplicasKey} is {_options.WaitReplicas}, but {_options} refuses WAIT: {e.Message}. Set it to 0.";
        }
    }

    async Task<string?> ExplainedAsync(Func<Task<string?>> check)
    {
        try
        {
            return await check();
        }
        catch (RedisUnavailableException e) when (RedisPermissions.Missing(e) is { } missing)
        {
            return PermissionFault([missing]);
        }
        catch (Exception e) when ((e is RedisServerException or RedisUnavailableException) && SettingFault(e) is { } fault)
        {
            return fault;
        }
    }

    /// <summary>The setting that prevents the connection; null when no setting is the cause.</summary>
    string? SettingFault(Exception exception)
    {
        var message = exception.Message;
        var isPassword = PasswordFaults.Any(x => message.Contains(x, StringComparison.Ordinal));
        if (message.Contains(RedisSentinels.Unknown, StringComparison.Ordinal))
        {
            return $"{RedisOptions.ServiceKey} is '{_options.Service}', which no responding sentinel at {_options.Sentinels} knows. "
                + "Set it to the name in their \"sentinel monitor\" line.";
        }
        if (isPassword && message.Contains(RedisSentinels.Silent, StringComparison.Ordinal))
        {
            return $"{RedisOptions.SentinelPasswordKey} is refused by the sentinels at {_options.Sentinels}. "
                + "Set it to their requirepass, or leave it out if they have none.";
        }
        if (isPassword)
        {
            return $"{Login(RedisOptions.PasswordKey)} is refused by {_options} for {User}. Set that user's password.";
        }

        if (Causes(exception).OfType<AuthenticationException>().FirstOrDefault() is { } tls)
        {
            return $"{Login(RedisOptions.TlsKey)} requires TLS, which failed with {_options}: {tls.Message.TrimEnd('.')}. Set {RedisOptions.CaFileKey} "
                + "to the PEM file of the authority that signed the server's certificate, and name the server as the certificate does.";
        }
        return null;
    }

    string? PermissionFault(IReadOnlyCollection<string> missing) =>
        missing.Count == 0
            ? null
            : $"{Login(RedisOptions.UserKey)} logs in as {User}, which lacks rights at {_options}: {string.Join(' ', missing)}. Grant them with "
                + $"ACL SETUSER {UserName} {string.Join(' ', missing)}; docs/operations.md lists all required rights.";

    string Login(string key) => _options.Url is null ? key : RedisOptions.UrlKey;

    string UserName => RedisAddress.Of(_options).User ?? "default";

    string User => UserName == "default" ? "the default user" : $"the user '{UserName}'";

    static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
