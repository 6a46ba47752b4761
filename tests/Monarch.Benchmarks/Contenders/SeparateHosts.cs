using Monarch.Benchmarks.Measuring;
using Monarch.Testing;
using StackExchange.Redis;

namespace Monarch.Benchmarks.Contenders;

/// <summary>One Bridge and some workers on RabbitMQ and Redis, asked by a message on Redis.</summary>
sealed class SeparateHosts : MonarchHosts
{
    public const string Title = "RabbitMQ and Redis";

    static readonly RedisChannel Channel = new("channel_migrate_issue_tickets", RedisChannel.PatternMode.Literal);

    // As docker-compose.yml has it: on disk, once a second.
    static readonly RedisServerOptions OnDisk = new() { AppendOnly = true, Arguments = ["--appendfsync", "everysec"] };

    readonly RabbitMqServer _rabbitMq;
    readonly ConnectionMultiplexer _platform;

    SeparateHosts(
        string name,
        SandboxProcess sandbox,
        IReadOnlyDictionary<string, string> settings,
        RedisServer redis,
        RabbitMqServer rabbitMq,
        ConnectionMultiplexer platform
    )
        : base(sandbox, settings) => (Name, Redis, _rabbitMq, _platform) = (name, redis, rabbitMq, platform);

    public RedisServer Redis { get; }

    public override string Name { get; }

    public override IReadOnlyList<MeasuredProcess> Processes => [.. base.Processes, new("redis", Redis.Id), new("rabbitmq", _rabbitMq.Id)];

    /// <param name="sandbox">Their GitHub.</param>
    /// <param name="workers">How many worker processes there are.</param>
    /// <param name="settings">Their settings for its limits, and others; null: it has no limits.</param>
    /// <param name="name">Their name in reports.</param>
    public static async Task<SeparateHosts> StartAsync(
        SandboxProcess sandbox,
        int workers,
        IReadOnlyDictionary<string, string>? settings = null,
        string name = Title
    )
    {
        var redis = await RedisServer.StartAsync(OnDisk);
        await OldEpoch.WriteAsync(redis.Port);
        var rabbitMq = await RabbitMqServer.StartAsync();
        var platform = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port}");
        var hosts = new SeparateHosts(name, sandbox, settings ?? Unlimited.Settings, redis, rabbitMq, platform);
        var servers = new Dictionary<string, string>
        {
            ["VALKEY_HOST"] = "127.0.0.1",
            ["VALKEY_PORT"] = $"{redis.Port}",
            ["RABBITMQ_URL"] = rabbitMq.AmqpUri.ToString(),
        };
        await hosts.StartAsync("bridge", "bridge", servers);
        for (var i = 1; i <= workers; i++)
        {
            await hosts.StartAsync(workers == 1 ? "worker" : $"worker {i}", "workers", servers);
        }

        return hosts;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _platform.CloseAsync();
        await _rabbitMq.DisposeAsync();
        await Redis.DisposeAsync();
    }

    protected override async Task RequestAsync(string request, CancellationToken cancellationToken)
    {
        if (await _platform.GetSubscriber().PublishAsync(Channel, request) == 0)
        {
            throw new InvalidOperationException("No Bridge received the request. Check that it listens.");
        }
    }
}
