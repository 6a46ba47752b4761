using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Monarch.Contracts.Migrations;
using Monarch.Redis;
using StackExchange.Redis;

namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>
/// The ledger as a hash per pair, a field per issue: <c>c12</c> created as number 12, <c>i{began}:{expires}:{owner}</c> an intent,
/// <c>d{began}:{ended}</c> doubtful. Times are Redis' own, in milliseconds. A second hash holds what was rejected, as JSON.
/// </summary>
sealed class RedisLedger(RedisConnection redis, IOptions<LedgerOptions> options) : ILedger
{
    const long KeptMilliseconds = 366L * 24 * 3600 * 1000;

    const string Begin = """
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        local entry = redis.call('HGET', KEYS[1], ARGV[1]) or ''
        local kind = string.sub(entry, 1, 1)
        if kind == 'c' then return {'created', string.sub(entry, 2)} end
        if kind == 'i' then
          local began, expires = string.match(entry, '^i(%d+):(%d+):')
          if tonumber(expires) > now then return {'busy', string.format('%.0f', expires - now)} end
          entry = 'd' .. began .. ':' .. expires
          redis.call('HSET', KEYS[1], ARGV[1], entry)
          kind = 'd'
        end
        if kind == 'd' and entry ~= ARGV[5] then
          local began, ended = string.match(entry, '^d(%d+):(%d+)')
          return {'doubtful', began, string.format('%.0f', ended + ARGV[4] - now), entry}
        end
        redis.call('HSET', KEYS[1], ARGV[1], string.format('i%.0f:%.0f:%s', now, now + ARGV[3], ARGV[2]))
        redis.call('PEXPIRE', KEYS[1], ARGV[6])
        return {'granted'}
        """;

    // ARGV: issue, owner, 'd' or '' : only the owner of the intent may end it.
    const string EndIntent = """
        local entry = redis.call('HGET', KEYS[1], ARGV[1]) or ''
        local began, owner = string.match(entry, '^i(%d+):%d+:(.+)$')
        if owner ~= ARGV[2] then return 0 end
        if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) return 1 end
        local t = redis.call('TIME')
        redis.call('HSET', KEYS[1], ARGV[1], string.format('d%s:%.0f', began, t[1] * 1000 + math.floor(t[2] / 1000)))
        return 1
        """;

    // ARGV: how long it is kept, then issue and entry, in turn.
    const string SetCreated = """
        for i = 2, #ARGV, 2 do
          redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
          redis.call('HDEL', KEYS[2], ARGV[i])
        end
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        return 1
        """;

    const string SetRejected = """
        if string.sub(redis.call('HGET', KEYS[1], ARGV[2]) or '', 1, 1) == 'c' then return 0 end
        redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
        redis.call('PEXPIRE', KEYS[2], ARGV[1])
        return 1
        """;

    public async Task<LedgerAnswer> BeginAsync(LedgerAttempt attempt, TimeSpan lifetime, string? searched, CancellationToken cancellationToken)
    {
        var answer = (RedisValue[])(await redis.EvaluateAsync(
            Begin,
            [Key(attempt.Key)],
            [attempt.Number, attempt.Owner, Milliseconds(lifetime), Milliseconds(options.Value.Settle), searched ?? "", KeptMilliseconds],
            cancellationToken))!;
        return (string)answer[0]! switch
        {
            "granted" => new LedgerAnswer.Granted(),
            "created" => new LedgerAnswer.Created((int)answer[1]),
            "busy" => new LedgerAnswer.Busy(TimeSpan.FromMilliseconds((long)answer[1])),
            _ => new LedgerAnswer.Doubtful(
                DateTimeOffset.FromUnixTimeMilliseconds((long)answer[1]), TimeSpan.FromMilliseconds((long)answer[2]), (string)answer[3]!),
        };
    }

    public async Task SetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken)
    {
        foreach (var some in targetNumbers.Chunk(1000))
        {
            RedisValue[] entries =
            [
                KeptMilliseconds,
                .. some.SelectMany(pair => new RedisValue[] { pair.Key, "c" + pair.Value.ToString(CultureInfo.InvariantCulture) }),
            ];
            await redis.EvaluateAsync(SetCreated, [Key(key), RejectedKey(key)], entries, cancellationToken);
        }
    }

    public Task SetDoubtfulAsync(LedgerAttempt attempt, CancellationToken cancellationToken) => EndIntentAsync(attempt, "d", cancellationToken);

    public Task SetUntriedAsync(LedgerAttempt attempt, CancellationToken cancellationToken) => EndIntentAsync(attempt, "", cancellationToken);

    public Task SetRejectedAsync(LedgerKey key, RejectedIssue issue, CancellationToken cancellationToken) => redis.EvaluateAsync(
        SetRejected,
        [Key(key), RejectedKey(key)],
        [KeptMilliseconds, issue.Number, JsonSerializer.Serialize(issue, LedgerJson.Default.RejectedIssue)],
        cancellationToken);

    public async Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        RedisValue[] fields = [.. numbers.Select(number => (RedisValue)number)];
        var entries = await redis.RunAsync(db => db.HashGetAsync(Key(key), fields), cancellationToken);
        var created = new Dictionary<int, int>();
        for (var i = 0; i < entries.Length; i++)
        {
            if ((string?)entries[i] is ['c', .. var number])
            {
                created[numbers[i]] = int.Parse(number, CultureInfo.InvariantCulture);
            }
        }

        return created;
    }

    public async Task<IReadOnlyList<RejectedIssue>> GetRejectedAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var issues = await redis.RunAsync(db => db.HashValuesAsync(RejectedKey(key)), cancellationToken);
        return
        [
            .. issues.Select(issue => JsonSerializer.Deserialize((string)issue!, LedgerJson.Default.RejectedIssue)!)
                .OrderBy(issue => issue.Number),
        ];
    }

    public Task ForgetRejectedAsync(LedgerKey key, CancellationToken cancellationToken) =>
        redis.RunAsync(db => db.KeyDeleteAsync(RejectedKey(key)), cancellationToken);

    async Task EndIntentAsync(LedgerAttempt attempt, string kind, CancellationToken cancellationToken) =>
        await redis.EvaluateAsync(EndIntent, [Key(attempt.Key)], [attempt.Number, attempt.Owner, kind], cancellationToken);

    static RedisKey Key(LedgerKey key) =>
        string.Create(CultureInfo.InvariantCulture, $"monarch:ledger:{key.SourceRepositoryId}:{key.TargetRepositoryId}");

    static RedisKey RejectedKey(LedgerKey key) => Key(key).Append(":rejected");

    static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;
}
