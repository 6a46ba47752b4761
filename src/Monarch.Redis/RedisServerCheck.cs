using System.Globalization;
using System.Security.Authentication;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>
/// Finds out whether a server is fit to keep state. By INFO, since managed servers forbid CONFIG.
/// </summary>
sealed class RedisServerCheck(RedisConnection redis, RedisPermissions permissions, IOptions<RedisOptions> options)
{
    /// <summary>XAUTOCLAIM came with it.</summary>
    static readonly Version Oldest = new(6, 2);

    const string Written = "monarch:check:write";
    const int WrittenMilliseconds = 60_000;

    static readonly string[] PasswordFaults = ["NOAUTH", "WRONGPASS", "invalid password"];

    readonly RedisOptions _options = options.Value;

    /// <summary>What is wrong with the server, with the remedy; null when it is fit.</summary>
    /// <exception cref="RedisUnavailableException">It is away.</exception>
    public Task<string?> FaultAsync(CancellationToken cancellationToken) => ExplainedAsync(async () =>
    {
        await LogInAsync(cancellationToken);
        // Fails while the server is a replica, out of memory, cannot save, or has too few replicas.
        await redis.ExecuteAsync("SET", cancellationToken, Written, 0, "PX", WrittenMilliseconds);
        return Fault(await redis.InfoAsync(cancellationToken), _options.PlaceKey) ?? await DatabaseFaultAsync(cancellationToken);
    });

    /// <summary>The same, and what the user's rights lack, which takes a call for each command.</summary>
    /// <exception cref="RedisUnavailableException">The server is away.</exception>
    public Task<string?> FaultAtStartAsync(CancellationToken cancellationToken) => ExplainedAsync(async () =>
    {
        await LogInAsync(cancellationToken);
        // First: a cluster refuses what is called to try the rights.
        return await UnfitAsync(cancellationToken)
            ?? PermissionFault(await permissions.MissingAsync(cancellationToken))
            ?? await DatabaseFaultAsync(cancellationToken)
            ?? await WaitFaultAsync(cancellationToken);
    });

    /// <summary>How many replicas the server has of which it may be cut off and still take writes; 0 when nothing is at risk.</summary>
    /// <exception cref="RedisUnavailableException">The server is away.</exception>
    public async Task<int> ReplicasAtRiskAsync(CancellationToken cancellationToken) =>
        _options.WaitReplicas > 0 ? 0 : ReplicasAtRisk(await redis.InfoAsync(cancellationToken));

    /// <param name="info">The server's answer to INFO.</param>
    /// <param name="key">The setting that names the server.</param>
    public static string? Fault(string info, string key)
    {
        var facts = Facts(info);
        var version = facts.GetValueOrDefault("redis_version", "");
        if (Version.TryParse(version, out var parsed) && parsed < Oldest)
            return $"{key} names a Redis {version}, which is too old. Use Redis {Oldest} or newer, or any Valkey.";

        if (facts.GetValueOrDefault("cluster_enabled") == "1")
            return $"{key} names a Redis Cluster, which is not supported. Use a server without cluster mode, alone or watched by Sentinel.";

        var policy = facts.GetValueOrDefault("maxmemory_policy", "noeviction");
        var limit = long.TryParse(facts.GetValueOrDefault("maxmemory", "0"), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
        if (limit > 0 && policy != "noeviction")
        {
            return $"{key} names a Redis with maxmemory {limit} and maxmemory-policy {policy}, which may throw state away when memory "
                + "runs short. Set maxmemory-policy to noeviction (CONFIG SET maxmemory-policy noeviction, and in redis.conf).";
        }
        return null;
    }

    /// <param name="info">The server's answer to INFO, which has min_slaves_good_slaves only where min-replicas-to-write is set.</param>
    public static int ReplicasAtRisk(string info)
    {
        var facts = Facts(info);
        return !facts.ContainsKey("min_slaves_good_slaves")
            && int.TryParse(facts.GetValueOrDefault("connected_slaves"), CultureInfo.InvariantCulture, out var replicas) ? replicas : 0;
    }

    static Dictionary<string, string> Facts(string info) =>
        info.Split('\n', StringSplitOptions.TrimEntries).Select(x => x.Split(':', 2)).Where(x => x.Length == 2)
            .DistinctBy(x => x[0]).ToDictionary(x => x[0], x => x[1]);

    // Where the default user needs no password, the client library stays that user when the login failed, as after a failover to a server
    // that does not know the user.
    async Task LogInAsync(CancellationToken cancellationToken)
    {
        if (RedisAddress.Of(_options) is not { User: { } user, Password: var password })
            return;
        try
        {
            await redis.ExecuteAsync("AUTH", cancellationToken, user, password ?? "");
        }
        catch (RedisServerException)
        {
            // It knows no users. Its message may hold the password.
        }
    }

    // A user who may not call INFO is reported with all that is missing.
    async Task<string?> UnfitAsync(CancellationToken cancellationToken)
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

    // The client library selects the database without looking at the answer: where that is refused, it uses database 0.
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
            return $"{Login(RedisOptions.DatabaseKey)} asks for database {database}, which {_options} refuses: {e.Message}. "
                + "Give one that it has; most have 0 to 15.";
        }
    }

    async Task<string?> WaitFaultAsync(CancellationToken cancellationToken)
    {
        if (_options.WaitReplicas == 0)
            return null;
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

    /// <summary>Which setting keeps the server from being reached; null when none does.</summary>
    string? SettingFault(Exception exception)
    {
        var message = exception.Message;
        var isPassword = PasswordFaults.Any(x => message.Contains(x, StringComparison.Ordinal));
        if (message.Contains(RedisSentinels.Unknown, StringComparison.Ordinal))
        {
            return $"{RedisOptions.ServiceKey} is '{_options.Service}', which no sentinel knows that answers at {_options.Sentinels}. "
                + "Set it to the name in their \"sentinel monitor\" line.";
        }
        if (isPassword && message.Contains(RedisSentinels.Silent, StringComparison.Ordinal))
        {
            return $"{RedisOptions.SentinelPasswordKey} does not open the sentinels at {_options.Sentinels}. "
                + "Give their requirepass, or leave it out when they have none.";
        }
        if (isPassword)
            return $"{Login(RedisOptions.PasswordKey)} does not open {_options} for {User}. Give that user's password.";
        if (Causes(exception).OfType<AuthenticationException>().FirstOrDefault() is { } tls)
        {
            return $"{Login(RedisOptions.TlsKey)} asks for TLS, which failed with {_options}: {tls.Message.TrimEnd('.')}. Set {RedisOptions.CaFileKey} "
                + "to the PEM file of the authority that signed the server's certificate, and name the server as the certificate does.";
        }
        return null;
    }

    string? PermissionFault(IReadOnlyCollection<string> missing) => missing.Count == 0 ? null
        : $"{Login(RedisOptions.UserKey)} logs in as {User}, which lacks rights at {_options}: {string.Join(' ', missing)}. Give them by "
            + $"ACL SETUSER {UserName} {string.Join(' ', missing)}; docs/operations.md has all that Monarch needs.";

    string Login(string key) => _options.Url is null ? key : RedisOptions.UrlKey;

    string UserName => RedisAddress.Of(_options).User ?? "default";

    string User => UserName == "default" ? "the default user" : $"the user '{UserName}'";

    static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }
}
