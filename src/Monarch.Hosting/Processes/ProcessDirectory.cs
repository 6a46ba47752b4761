using System.Text.Json;
using Monarch.Hosting.Processes;
using Monarch.Redis;
using StackExchange.Redis;

namespace Monarch.Hosting;

/// <summary>The processes that are alive: each one's last heartbeat in a key that expires, and a sorted set of them all.</summary>
public sealed class ProcessDirectory
{
    const string All = "monarch:processes";
    static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    readonly ThisProcess _own;
    readonly RedisConnection? _redis;

    internal ProcessDirectory(ThisProcess own, RedisConnection? redis) => (_own, _redis) = (own, redis);

    /// <summary>The processes that were heard of within a minute, the longest running first; without Redis this one.</summary>
    /// <exception cref="RedisUnavailableException">Redis is away.</exception>
    public async Task<IReadOnlyList<ProcessState>> ListAsync(CancellationToken cancellationToken)
    {
        if (_redis is null)
            return [await _own.LookAsync(cancellationToken)];
        var ids = await _redis.RunAsync(x => x.SortedSetRangeByRankAsync(All), cancellationToken);
        var states = await _redis.RunAsync(x => x.StringGetAsync([.. ids.Select(id => Key(id!))]), cancellationToken);
        var gone = ids.Zip(states).Where(x => x.Second.IsNull).Select(x => x.First).ToArray();
        if (gone.Length > 0)
            await _redis.RunAsync(x => x.SortedSetRemoveAsync(All, gone), cancellationToken);
        return [.. states.Where(x => !x.IsNull).Select(x => JsonSerializer.Deserialize((string)x!, ProcessJson.Default.ProcessState)!).OrderBy(x => x.StartedAt)];
    }

    internal Task WriteAsync(ProcessState state, CancellationToken cancellationToken) => RunAsync(
        x => Task.WhenAll(
            x.StringSetAsync(Key(state.Id), JsonSerializer.Serialize(state, ProcessJson.Default.ProcessState), Lifetime),
            x.SortedSetAddAsync(All, state.Id, state.SeenAt.ToUnixTimeMilliseconds())),
        cancellationToken);

    internal Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        RunAsync(x => Task.WhenAll(x.KeyDeleteAsync(Key(id)), x.SortedSetRemoveAsync(All, id)), cancellationToken);

    Task RunAsync(Func<IDatabase, Task<bool[]>> call, CancellationToken cancellationToken) =>
        _redis?.RunAsync(call, cancellationToken) ?? Task.CompletedTask;

    static RedisKey Key(string id) => $"monarch:process:{id}";
}
