using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monarch.Redis.Connection;
using Monarch.Workers.GitHub.Api;
using StackExchange.Redis;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>
/// A snapshot is a list of issues, a key with what they have, and a key with their count, written last. It is complete when
/// all three exist and the count matches.
/// </summary>
sealed class RedisSnapshots(RedisConnection redis) : ISnapshots
{
    static readonly TimeSpan Retention = TimeSpan.FromDays(7);
    static readonly TimeSpan IncompleteRetention = TimeSpan.FromHours(1);

    // KEYS: incomplete issues, issues, count. The snapshot may already exist, since its id is derived from its content.
    const string Close = """
        if ARGV[1] == '0' then
          redis.call('DEL', KEYS[2])
        elseif tonumber(redis.call('GET', KEYS[3]) or -1) == redis.call('LLEN', KEYS[2]) then
          redis.call('DEL', KEYS[1])
        else
          redis.call('RENAME', KEYS[1], KEYS[2])
        end
        redis.call('PEXPIRE', KEYS[2], ARGV[2])
        redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    const string Read = """
        local count = tonumber(redis.call('GET', KEYS[2]) or -1)
        if count ~= redis.call('LLEN', KEYS[1]) or redis.call('EXISTS', KEYS[3]) == 0 then return false end
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        redis.call('PEXPIRE', KEYS[2], ARGV[3])
        redis.call('PEXPIRE', KEYS[3], ARGV[3])
        return redis.call('LRANGE', KEYS[1], ARGV[1], ARGV[2])
        """;

    public async Task<Snapshot> WriteAsync(
        long repositoryId,
        DateTimeOffset readAt,
        IAsyncEnumerable<SnapshotPage> pages,
        CancellationToken cancellationToken
    )
    {
        RedisKey writing = $"monarch:snapshot:writing:{Guid.NewGuid():N}";
        using var digest = new SnapshotDigest(repositoryId);
        var fields = new SnapshotFieldCollector();
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            digest.Add(page.Closed);
            fields.Add(page.Closed);
            if (page.Issues.Count == 0)
            {
                continue;
            }

            var values = new RedisValue[page.Issues.Count];
            for (var i = 0; i < page.Issues.Count; i++)
            {
                var issue = JsonSerializer.SerializeToUtf8Bytes(page.Issues[i], SnapshotJson.Default.SnapshotIssue);
                digest.Add(issue);
                fields.Add(page.Issues[i]);
                values[i] = issue;
            }

            await redis.RunAsync(db => db.ListRightPushAsync(writing, values), cancellationToken);
            await redis.RunAsync(db => db.KeyExpireAsync(writing, IncompleteRetention), cancellationToken);
        }

        var snapshot = digest.Close(readAt);
        var fieldsJson = JsonSerializer.SerializeToUtf8Bytes(fields.Fields, SnapshotJson.Default.SnapshotFields);
        await redis.RunAsync(db => db.StringSetAsync(Fields(snapshot.Id), fieldsJson, Retention), cancellationToken);
        await redis.EvaluateAsync(
            Close,
            [writing, Issues(snapshot.Id), Count(snapshot.Id)],
            [snapshot.IssueCount, (long)Retention.TotalMilliseconds],
            cancellationToken
        );
        return snapshot;
    }

    public async Task<IReadOnlyList<SnapshotIssue>?> ReadAsync(string snapshotId, int from, int count, CancellationToken cancellationToken)
    {
        var answer = await redis.EvaluateAsync(
            Read,
            [Issues(snapshotId), Count(snapshotId), Fields(snapshotId)],
            [from, from + count - 1, (long)Retention.TotalMilliseconds],
            cancellationToken
        );
        return answer.IsNull
            ? null
            : [.. ((RedisValue[])answer!).Select(issue => JsonSerializer.Deserialize((byte[])issue!, SnapshotJson.Default.SnapshotIssue)!)];
    }

    public async Task<SnapshotFields?> FindFieldsAsync(string snapshotId, CancellationToken cancellationToken)
    {
        var json = (byte[]?)await redis.RunAsync(db => db.StringGetAsync(Fields(snapshotId)), cancellationToken);
        return json is null ? null : JsonSerializer.Deserialize(json, SnapshotJson.Default.SnapshotFields);
    }

    public async Task SetListingAsync(ListingKey key, SourceListing listing, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(listing, SnapshotJson.Default.SourceListing);
        await redis.RunAsync(db => db.StringSetAsync(Listing(key), json, Retention), cancellationToken);
    }

    public async Task<SourceListing?> FindListingAsync(ListingKey key, CancellationToken cancellationToken)
    {
        var json = (byte[]?)await redis.RunAsync(db => db.StringGetAsync(Listing(key)), cancellationToken);
        var listing = json is null ? null : JsonSerializer.Deserialize(json, SnapshotJson.Default.SourceListing);
        return listing is not null && await ReadAsync(listing.SnapshotId, 0, 1, cancellationToken) is not null ? listing : null;
    }

    static RedisKey Listing(ListingKey key)
    {
        RedisKey whole = $"monarch:snapshot:pages:{key.RepositoryId}";
        return key.Selection.Length == 0
            ? whole
            : whole.Append($":{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.Selection)).AsSpan(0, 16))}");
    }

    static RedisKey Issues(string snapshotId) => $"monarch:snapshot:{snapshotId}:issues";

    static RedisKey Fields(string snapshotId) => $"monarch:snapshot:{snapshotId}:fields";

    static RedisKey Count(string snapshotId) => $"monarch:snapshot:{snapshotId}:count";
}
