using Microsoft.Extensions.Options;

namespace Monarch.Redis;

/// <summary>Names key, value and remedy of everything that is wrong, all at once.</summary>
sealed class RedisOptionsValidator : IValidateOptions<RedisOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    static IEnumerable<string> Faults(RedisOptions options)
    {
        if (options.IsConfigured && Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
            yield return $"VALKEY_HOST is '{options.Host}', which is no host name. Give a name or an address alone; the port goes into VALKEY_PORT.";
        if (options.Port is < 1 or > 65535)
            yield return $"VALKEY_PORT is {options.Port}. Give a port from 1 to 65535; Redis' own is 6379.";
        if (options.Database < 0)
            yield return $"VALKEY_DB is {options.Database}. Give a database number from 0 up; most servers have 0 to 15.";
        if (options.TimeoutSeconds is not (> 0 and <= 300))
            yield return $"VALKEY_TIMEOUT is {options.TimeoutSeconds}. Give the seconds that one call may take, above 0 and at most 300.";
    }
}
