using Monarch.Redis;

namespace Monarch.Bridge.Intake;

/// <summary>The intake as the Redis stream <c>monarch:intake</c>, read by all Bridges as one group.</summary>
sealed class RedisIntakeStream(RedisConnection redis) : IIntakeStream, IAsyncDisposable
{
    public const string Key = "monarch:intake";

    const int EntriesAtOnce = 100;
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    readonly RedisWorkGroup _stream = new(redis, Key, "bridges", $"{Environment.MachineName}-{Environment.ProcessId}");

    public async Task<string> AddOnceAsync(
        IReadOnlyDictionary<string, string> fields, string onceKey, string value, TimeSpan window, CancellationToken cancellationToken) =>
        (await _stream.AddOnceAsync(fields, $"{Key}:once:{onceKey}", value, window, cancellationToken)).Value;

    public async Task<IReadOnlyList<IntakeEntry>> ReadNewAsync(CancellationToken cancellationToken) =>
        Entries(await _stream.ReadNewAsync(EntriesAtOnce, LongestWait, cancellationToken));

    public async Task<IReadOnlyList<IntakeEntry>> ReadAgainAsync(TimeSpan idle, CancellationToken cancellationToken) =>
        Entries(await _stream.ClaimIdleAsync(idle, EntriesAtOnce, cancellationToken));

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => _stream.RemoveAsync(id, cancellationToken);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    static IReadOnlyList<IntakeEntry> Entries(IReadOnlyList<WorkItem> items) => [.. items.Select(item => new IntakeEntry(item.Id, item.Fields))];
}
