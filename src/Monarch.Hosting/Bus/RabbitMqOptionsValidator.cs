using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Settings;
using Monarch.Redis;
using Monarch.Redis.Connection;

namespace Monarch.Hosting.Bus;

sealed class RabbitMqOptionsValidator(HostRole role, IConfiguration configuration) : IValidateOptions<RabbitMqOptions>
{
    const string Example = "amqp://user:password@host:5672";

    public ValidateOptionsResult Validate(string? name, RabbitMqOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    IEnumerable<string> Faults(RabbitMqOptions options)
    {
        var isAlone = !(role.HasUsherBridge && role.HasUsherWorkers) && !role.HasArchiveOnly;
        if (options.Url is null && isAlone)
        {
            var others = role.HasBridge ? "workers" : "a bridge";
            yield return SettingError.Missing(
                RabbitMqOptions.UrlKey,
                $"but {role} alone reaches {others} through RabbitMQ only",
                $"Set it to {Example}, or run both in one process: monarch serve."
            );
        }
        if (options.Url is not null && !RabbitMqAddress.TryParse(options, out _, out var problem))
        {
            yield return SettingError.OfSecret(
                RabbitMqOptions.UrlKey,
                $"is not the URL of a broker: {problem} (its value is not shown, it may hold a password)",
                $"Set it to {Example}, or amqps:// for TLS; percent-encode characters such as @, / and % in user and password: %40, %2F and %25."
            );
        }
        // In-memory ledgers are private to a process: two processes would copy the same issue twice.
        if (!configuration.HasRedis() && !role.HasArchiveOnly && (options.Url is not null || isAlone))
        {
            yield return SettingError.Missing(
                RedisOptions.HostKey,
                "but processes that share a RabbitMQ must share their state too",
                $"Set {RedisOptions.HostKey} to the host of Redis or Valkey, or {RedisOptions.UrlKey} to its URL"
                    + (isAlone ? "." : $", or leave out {RabbitMqOptions.UrlKey} to run in one process without servers.")
            );
        }
        if (options.Url is null && options.VirtualHost is not null && !isAlone)
        {
            yield return SettingError.Of(
                RabbitMqOptions.VirtualHostKey,
                options.VirtualHost,
                $"but {RabbitMqOptions.UrlKey} is not set",
                $"Set {RabbitMqOptions.UrlKey} too, or leave out {RabbitMqOptions.VirtualHostKey}."
            );
        }
    }
}
