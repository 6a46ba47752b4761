using Monarch.Redis.Connection;
using Monarch.Redis.Streams;

namespace Monarch.Bridge.Intake;

/// <summary>An intake as a Redis stream, read by all Bridges as one group.</summary>
sealed class RedisIntakeStream(RedisConnection redis, string key) : IIntakeStream, IAsyncDisposable
{
    const int EntriesAtOnce = 1000;
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    // One consumer name for all Bridges: an entry is still delivered once, and is claimed by its age. Redis never removes a name.
    readonly RedisWorkGroup _stream = new(redis, key, "bridges", "bridge");

    public Task AddAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken) =>
        _stream.AddAsync(fields, cancellationToken);

    public async Task<string> AddOnceAsync(
        IReadOnlyDictionary<string, string> fields,
        string onceKey,
        string value,
        TimeSpan window,
        CancellationToken cancellationToken
    ) => (await _stream.AddOnceAsync(fields, $"{key}:once:{onceKey}", value, window, cancellationToken)).Value;

    public async Task<IReadOnlyList<IntakeEntry>> ReadNewAsync(CancellationToken cancellationToken) =>
        Entries(await _stream.ReadNewAsync(EntriesAtOnce, LongestWait, cancellationToken));

    public async Task<IReadOnlyList<IntakeEntry>> ReadAgainAsync(TimeSpan idle, CancellationToken cancellationToken) =>
        Entries(await _stream.ClaimIdleAsync(idle, EntriesAtOnce, cancellationToken));

    public async Task<IReadOnlyList<IntakeEntry>> ReadAllAsync(CancellationToken cancellationToken) =>
        Entries(await _stream.ReadAllAsync(cancellationToken));

    public Task<long> CountAsync(CancellationToken cancellationToken) => _stream.CountAsync(cancellationToken);

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => _stream.RemoveAsync(id, cancellationToken);

    public Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        _stream.RemoveAsync(ids, cancellationToken);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    static IReadOnlyList<IntakeEntry> Entries(IReadOnlyList<WorkItem> items) =>
        [.. items.Select(item => new IntakeEntry(item.Id, item.Fields))];
}
