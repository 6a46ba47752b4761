using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Monarch.Redis.Connection;

/// <summary>The address and login of Redis, from <see cref="RedisOptions"/>.</summary>
/// <param name="Hosts">The server, or its sentinels.</param>
/// <param name="Service">The name of the sentinels' service; null without sentinels.</param>
/// <param name="Database">The database's number.</param>
/// <param name="User">The ACL user; null for the default user.</param>
/// <param name="Password">A secret; null for none.</param>
/// <param name="Tls">Whether connections are encrypted.</param>
sealed record RedisAddress(IReadOnlyList<DnsEndPoint> Hosts, string? Service, int Database, string? User, string? Password, bool Tls)
{
    public const int DefaultPort = 6379;
    const int DefaultSentinelPort = 26379;

    /// <summary>The address of options that were validated.</summary>
    /// <exception cref="InvalidOperationException">They have no valid address.</exception>
    public static RedisAddress Of(RedisOptions options) =>
        TryParse(options, out var address, out var problem)
            ? address
            : throw new InvalidOperationException($"Redis has no address: {problem}.");

    /// <param name="options">The settings. A URL has priority over sentinels, and sentinels over a host.</param>
    /// <param name="address">The address.</param>
    /// <param name="problem">The error in the URL or the sentinels, as a clause without a secret.</param>
    public static bool TryParse(
        RedisOptions options,
        [NotNullWhen(true)] out RedisAddress? address,
        [NotNullWhen(false)] out string? problem
    )
    {
        address = null;
        if (options.Url is { Length: > 0 } url)
        {
            return TryParse(url, out address, out problem);
        }

        problem = null;
        IReadOnlyList<DnsEndPoint> hosts = [];
        if (options.Sentinels is { Length: > 0 } sentinels)
        {
            hosts = Parse(sentinels, out problem);
        }
        else if (options.Host is { Length: > 0 } host)
        {
            hosts = [new(host, options.Port ?? DefaultPort)];
        }
        else
        {
            problem = "none is set";
        }

        if (problem is not null)
        {
            return false;
        }

        var service = options.Sentinels is null ? null : options.Service;
        address = new(hosts, service, options.Database ?? 0, Text(options.User), Text(options.Password), options.Tls ?? false);
        return true;
    }

    /// <summary>The server, or the service and its sentinels, and the database.</summary>
    public override string ToString() =>
        $"{(Service is null ? "" : $"{Service} of ")}{string.Join(',', Hosts.Select(x => $"{x.Host}:{x.Port}"))}/{Database}";

    static bool TryParse(string text, [NotNullWhen(true)] out RedisAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        if (!ServerUrl.TryParse(text, out var url, out problem))
        {
            return false;
        }

        var database = 0;
        if (url.Scheme is not ("redis" or "rediss"))
        {
            problem = $"its scheme is '{url.Scheme}'";
        }
        else if (url.Path.Length > 0 && !int.TryParse(url.Path, NumberStyles.None, CultureInfo.InvariantCulture, out database))
        {
            problem = "the part after its host is not the number of a database";
        }
        else if (url is { User: not null, Password: null })
        {
            problem = "it has a user without a password; a password alone is written as redis://:password@host";
        }
        else if (url.Query.Length > 0)
        {
            problem = "it has a query, which is not supported";
        }

        if (problem is not null)
        {
            return false;
        }

        address = new([new(url.Host, url.Port ?? DefaultPort)], null, database, url.User, url.Password, url.Scheme == "rediss");
        return true;
    }

    static List<DnsEndPoint> Parse(string sentinels, out string? problem)
    {
        problem = null;
        var hosts = new List<DnsEndPoint>();
        foreach (var sentinel in sentinels.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ServerUrl.TryParse($"sentinel://{sentinel}", out var url, out problem))
            {
                return hosts;
            }

            if (url is not { User: null, Password: null, Path: "", Query: "" })
            {
                problem = "it contains more than hosts and ports";
            }

            hosts.Add(new(url.Host, url.Port ?? DefaultSentinelPort));
        }
        if (hosts.Count == 0)
        {
            problem = "it names none";
        }

        return hosts;
    }

    static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
