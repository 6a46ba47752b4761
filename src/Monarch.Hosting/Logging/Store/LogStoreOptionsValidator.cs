using Microsoft.Extensions.Options;
using Monarch.Hosting.Settings;
using Monarch.Redis.Connection;

namespace Monarch.Hosting.Logging.Store;

sealed class LogStoreOptionsValidator : IValidateOptions<LogStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, LogStoreOptions options)
    {
        List<string> faults = [];
        if (!Enum.IsDefined(options.Store))
        {
            faults.Add(
                SettingError.Of(
                    LogStoreOptions.StoreKey,
                    $"{options.Store}",
                    "which is neither on nor off",
                    "Set it to on or off, or leave it out for on."
                )
            );
        }

        if (options.Redis is { } url && new RedisOptions { Url = url }.UrlProblem is { } problem)
        {
            faults.Add(
                SettingError.OfSecret(
                    LogStoreOptions.RedisKey,
                    $"is not the URL of a Redis: {problem} (its value is not shown, it may hold a password)",
                    "Set it to redis://user:password@host:6379/0, or rediss:// for TLS; leave it out to use the Redis of the state."
                )
            );
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
