using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Monarch.Redis.Connection;
using Monarch.Testing;

namespace Monarch.IntegrationTests;

/// <summary>A database on a Redis that listens on this machine.</summary>
public sealed record RedisDatabase(int Port, int Number = 0)
{
    /// <summary>Its settings, as a host's environment has them.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } =
        new Dictionary<string, string>
        {
            ["VALKEY_HOST"] = "127.0.0.1",
            ["VALKEY_PORT"] = $"{Port}",
            ["VALKEY_DB"] = $"{Number}",
        };

    public static RedisDatabase Of(RedisServer server) => new(server.Port);

    public IConfiguration Configuration() => new ConfigurationBuilder().AddInMemoryCollection(Settings!).Build();

    /// <summary>The same with one more setting.</summary>
    public RedisDatabase With(string key, string value) =>
        this with
        {
            Settings = new Dictionary<string, string>(Settings) { [key] = value },
        };

    /// <param name="time">The clock of the connection; null is the system's.</param>
    public RedisConnection Connect(TimeProvider? time = null)
    {
        var options = new RedisOptions();
        Configuration().Bind(options);
        return new(Options.Create(options), time ?? TimeProvider.System, NullLogger<RedisConnection>.Instance);
    }
}
