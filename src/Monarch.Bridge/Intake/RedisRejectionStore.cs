using System.Globalization;
using Monarch.Redis.Connection;
using Monarch.Redis.Streams;

namespace Monarch.Bridge.Intake;

/// <summary>The Redis stream <c>monarch:rejected</c>.</summary>
sealed class RedisRejectionStore(RedisConnection redis) : IRejectionStore
{
    readonly RedisRecords _records = new(redis, "monarch:rejected", 1000);

    public Task AddAsync(Rejection rejection, CancellationToken cancellationToken) =>
        _records.AppendAsync(
            new Dictionary<string, string>
            {
                ["at"] = rejection.At.ToString("O", CultureInfo.InvariantCulture),
                ["origin"] = rejection.Origin,
                ["reason"] = string.Join('\n', rejection.Faults),
                ["payload"] = rejection.Payload,
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<Rejection>> GetNewestAsync(int count, CancellationToken cancellationToken) =>
        [
            .. (await _records.ReadNewestAsync(count, cancellationToken)).Select(record => new Rejection(
                DateTimeOffset.Parse(record.Fields["at"], CultureInfo.InvariantCulture),
                record.Fields["origin"],
                record.Fields["reason"].Split('\n'),
                record.Fields["payload"]
            )),
        ];
}
