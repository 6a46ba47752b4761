using System.Globalization;
using Monarch.Testing;
using StackExchange.Redis;

namespace Monarch.Benchmarks.Measuring;

/// <summary>Reads the memory usage of a Redis, in total and by keys.</summary>
sealed class RedisMemory : IAsyncDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    readonly ConnectionMultiplexer _connection;
    readonly IServer _server;

    RedisMemory(ConnectionMultiplexer connection) =>
        (_connection, _server) = (connection, connection.GetServer(connection.GetEndPoints()[0]));

    public static async Task<RedisMemory> OpenAsync(RedisServer redis) =>
        new(await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port},allowAdmin=true"));

    /// <summary>All that Redis has allocated at this moment, in bytes.</summary>
    public async Task<long> UsedAsync()
    {
        var memory = (await _server.InfoAsync("memory")).Single();
        return long.Parse(memory.First(figure => figure.Key == "used_memory").Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Runs something, and sees how high the memory in use rises meanwhile, in bytes.</summary>
    public async Task<(T Result, long Peak)> WatchAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var working = work();
        var peak = 0L;
        while (!working.IsCompleted)
        {
            peak = Math.Max(peak, await UsedAsync());
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return (await working, peak);
    }

    /// <summary>What the keys take, in bytes, by what their names begin with.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ByKindAsync(CancellationToken cancellationToken)
    {
        var database = _connection.GetDatabase();
        var kinds = new SortedDictionary<string, long>();
        foreach (var key in _server.Keys(pageSize: 1000))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Null: it has expired meanwhile. SAMPLES 0: every element is weighed.
            var size = (long?)await database.ExecuteAsync("MEMORY", "USAGE", key, "SAMPLES", 0) ?? 0;
            var kind = Kind(key!);
            kinds[kind] = kinds.GetValueOrDefault(kind) + size;
        }

        return kinds;
    }

    public async ValueTask DisposeAsync() => await _connection.CloseAsync();

    // Everything before the first id: monarch:ledger:4711:4712 is of the kind "ledger".
    static string Kind(string key) => string.Join(' ', key.Split(':').Skip(1).TakeWhile(part => !part.Any(char.IsDigit)));
}
