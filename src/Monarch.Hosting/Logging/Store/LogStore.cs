using Monarch.Redis.Connection;
using Monarch.Redis.Outages;

namespace Monarch.Hosting.Logging.Store;

/// <summary>The log lines of all processes in Redis: a stream for each day (UTC), in the order of arrival, with indexes.</summary>
public sealed class LogStore : IAsyncDisposable
{
    readonly LogSearch _search;

    internal LogStore(RedisConnection redis, int dayLines)
    {
        Redis = redis;
        Writer = new(redis, dayLines);
        _search = new(redis);
    }

    internal RedisConnection Redis { get; }

    internal LogAppender Writer { get; }

    /// <summary>Returns the next page of matching lines.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="RedisUnavailableException">Redis is unavailable.</exception>
    public Task<LogPage> ReadAsync(LogQuery query, CancellationToken cancellationToken) => _search.ReadAsync(query, cancellationToken);

    /// <summary>Returns the services with stored lines, in alphabetical order.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RedisUnavailableException">Redis is unavailable.</exception>
    public async Task<IReadOnlyList<string>> ServicesAsync(CancellationToken cancellationToken)
    {
        var services = await Redis.RunAsync(x => x.HashGetAllAsync(LogKeys.Services), cancellationToken);
        return [.. services.Select(service => (string)service.Name!).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Redis.DisposeAsync();
}
