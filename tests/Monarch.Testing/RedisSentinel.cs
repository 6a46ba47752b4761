namespace Monarch.Testing;

/// <summary>A private sentinel, which decides about a failover alone.</summary>
public sealed class RedisSentinel : IAsyncDisposable
{
    readonly TemporaryDirectory _data = new();
    readonly string _service;
    ChildProcess? _process;

    RedisSentinel(string service) => _service = service;

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>Starts one.</summary>
    /// <param name="service">The name of the service.</param>
    /// <param name="master">The master, considered down after a second without a response.</param>
    /// <param name="password">The sentinel's password; null means none.</param>
    public static async Task<RedisSentinel> StartAsync(string service, RedisServer master, string? password = null)
    {
        var sentinel = new RedisSentinel(service);
        var file = sentinel._data["sentinel.conf"];
        await File.WriteAllLinesAsync(
            file,
            [
                $"port {sentinel.Port}",
                "bind 127.0.0.1",
                $"dir {sentinel._data.Path}",
                $"sentinel monitor {service} 127.0.0.1 {master.Port} 1",
                $"sentinel down-after-milliseconds {service} 1000",
                $"sentinel failover-timeout {service} 10000",
                .. password is null ? Array.Empty<string>() : [$"requirepass {password}"],
            ]
        );
        sentinel._process = await ChildProcess.StartAsync("redis-server", [file, "--sentinel"], directory: sentinel._data.Path);
        await Until.TrueAsync(
            () => RedisServer.AnswersAsync(sentinel.Port),
            $"a sentinel answers on port {sentinel.Port}",
            state: () => sentinel._process.Output
        );
        return sentinel;
    }

    /// <summary>Waits until it knows a replica that it can promote.</summary>
    public Task UntilItKnowsAReplicaAsync() =>
        Until.TrueAsync(
            async () => await RedisServer.SendAsync(Port, $"SENTINEL REPLICAS {_service}") == "*1",
            "the sentinel knows the replica",
            state: () => _process!.Output
        );

    /// <summary>Promotes the replica, and makes the master a replica of it.</summary>
    public Task FailOverAsync() =>
        Until.TrueAsync(
            async () => await RedisServer.SendAsync(Port, $"SENTINEL FAILOVER {_service}") == "+OK",
            "the sentinel begins a failover",
            state: () => _process!.Output
        );

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _data.Dispose();
    }
}
