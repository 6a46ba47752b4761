using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Monarch.Redis.Connection;

/// <summary>Reports all errors together, with key, value and remedy.</summary>
sealed class RedisOptionsValidator : IValidateOptions<RedisOptions>
{
    const string Example = "redis://user:password@host:6379/0";

    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        List<string> faults = [.. PlaceFaults(options), .. RangeFaults(options), .. options.IsConfigured ? CaFileFaults(options) : []];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    static IEnumerable<string> PlaceFaults(RedisOptions options)
    {
        if (options.Url is not null)
        {
            if (!RedisAddress.TryParse(options, out _, out var problem))
            {
                yield return $"{RedisOptions.UrlKey} is not the URL of a Redis: {problem} (its value is not shown, it may hold a password). "
                    + $"Set it to {Example}, or rediss:// for TLS; percent-encode characters such as @, / and % in user and password.";
            }
            var others = Given(
                RedisOptions.UrlKey,
                (RedisOptions.HostKey, options.Host),
                (RedisOptions.PortKey, options.Port),
                (RedisOptions.DatabaseKey, options.Database),
                (RedisOptions.UserKey, options.User),
                (RedisOptions.PasswordKey, options.Password),
                (RedisOptions.TlsKey, options.Tls),
                (RedisOptions.SentinelsKey, options.Sentinels)
            );
            foreach (var other in others)
            {
                yield return other;
            }
        }
        else if (options.Sentinels is not null)
        {
            if (!RedisAddress.TryParse(options, out _, out var problem))
            {
                yield return $"{RedisOptions.SentinelsKey} is {Shown(options.Sentinels)}, which is not a list of sentinels: {problem}. "
                    + "Set it to host:26379,host:26379.";
            }
            if (options.Service is null)
            {
                yield return $"{RedisOptions.ServiceKey} is not set, but {RedisOptions.SentinelsKey} is {Shown(options.Sentinels)}. "
                    + "Set it to the name of their service, such as mymaster.";
            }
            foreach (
                var other in Given(RedisOptions.SentinelsKey, (RedisOptions.HostKey, options.Host), (RedisOptions.PortKey, options.Port))
            )
            {
                yield return other;
            }
        }
        else if (!string.IsNullOrWhiteSpace(options.Host) && Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
        {
            yield return $"{RedisOptions.HostKey} is {Shown(options.Host)}, which is not a host name. "
                + $"Set it to a name or an address only; set the port in {RedisOptions.PortKey}, or a URL in {RedisOptions.UrlKey}.";
        }

        if (options.Sentinels is null)
        {
            if (options.Service is not null)
            {
                yield return WithoutSentinels(RedisOptions.ServiceKey);
            }

            if (options.SentinelPassword is not null)
            {
                yield return WithoutSentinels(RedisOptions.SentinelPasswordKey);
            }
        }
    }

    static IEnumerable<string> RangeFaults(RedisOptions options)
    {
        if (options.Port is < 1 or > 65535)
        {
            yield return $"{RedisOptions.PortKey} is {options.Port}. Give a port from 1 to 65535; Redis' own is {RedisAddress.DefaultPort}.";
        }

        if (options.Database < 0)
        {
            yield return $"{RedisOptions.DatabaseKey} is {options.Database}. Give a database number from 0 up; most servers have 0 to 15.";
        }

        if (options.TimeoutSeconds is not (> 0 and <= 300))
        {
            yield return $"VALKEY_TIMEOUT is {options.TimeoutSeconds}. Give the time-out of a call in seconds, above 0 and at most 300.";
        }

        if (options.WaitReplicas is < 0 or > 10)
        {
            yield return $"{RedisOptions.WaitReplicasKey} is {options.WaitReplicas}. Give the replicas to wait for, 0 to 10; 0 waits for none.";
        }
    }

    static IEnumerable<string> CaFileFaults(RedisOptions options)
    {
        if (options.CaFile is not { } path)
        {
            yield break;
        }

        const string Remedy = "Give the path of a PEM file with the one certificate of the authority that signed the server's.";
        var certificates = new X509Certificate2Collection();
        var problem = "";
        try
        {
            certificates.ImportFromPemFile(path);
            problem = certificates.Count switch
            {
                0 => "which contains no certificate in PEM format",
                > 1 => $"which contains {certificates.Count} certificates",
                _ when certificates[0].Extensions.OfType<X509BasicConstraintsExtension>().All(x => !x.CertificateAuthority) =>
                    $"whose certificate, {certificates[0].Subject}, is not that of an authority",
                _ => "",
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problem = $"which cannot be read: {exception.Message.TrimEnd('.')}";
        }
        if (problem.Length > 0)
        {
            yield return $"{RedisOptions.CaFileKey} is '{path}', {problem}. {Remedy}";
        }

        if (RedisAddress.TryParse(options, out var address, out _) && !address.Tls)
        {
            yield return $"{RedisOptions.CaFileKey} is '{path}', but connections are not encrypted. "
                + $"Set {RedisOptions.TlsKey} to true, begin {RedisOptions.UrlKey} with rediss://, or leave out {RedisOptions.CaFileKey}.";
        }
    }

    // With an @ it is a URL in the wrong setting, and may contain a password.
    static string Shown(string value) =>
        value.Contains('@', StringComparison.Ordinal) ? "set (its value is not shown, it may hold a password)" : $"'{value}'";

    static string WithoutSentinels(string key) =>
        $"{key} is set, but {RedisOptions.SentinelsKey} is not. Set {RedisOptions.SentinelsKey} to host:26379,host:26379, or leave out {key}.";

    // In docker-compose the bundled Redis sets VALKEY_HOST.
    static IEnumerable<string> Given(string instead, params (string Key, object? Value)[] settings) =>
        from setting in settings
        where setting.Value is not null
        let value = setting.Key == RedisOptions.PasswordKey ? "set (its value is not shown)" : Shown($"{setting.Value}")
        let compose = setting.Key == RedisOptions.HostKey
            ? $" Under docker-compose, set COMPOSE_FILE=docker-compose.yml to leave out {RedisOptions.HostKey}."
            : ""
        select $"{setting.Key} is {value}, but {instead} is set, which replaces it. Leave out one of them.{compose}";
}
