using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Hosting.Logging.Store;

/// <summary>Appends lines to the streams of their days: one script, and therefore one round trip, per batch.</summary>
sealed class LogAppender(RedisConnection redis, int dayLines)
{
    // KEYS: the writer, the days, the services, the lines, then index streams.
    // ARGV: the batch, the day, the limit of lines, the names of the fields, then of each line: its time in ms, its service, the values of
    // its fields, the number of its index entries, and of each of these the number of its key and its value.
    // The id of a line is its time, or the successor of the newest id if that is later: another process has already written later lines.
    // A batch is sent again after a lost reply, and is written once.
    const string Append = """
        if redis.call('GET', KEYS[1]) == ARGV[1] then return 0 end
        local day, limit, names = ARGV[2], ARGV[3], {}
        for name in string.gmatch(ARGV[4], '%S+') do names[#names + 1] = name end
        local ms, seq = 0, 0
        local newest = redis.call('XREVRANGE', KEYS[4], '+', '-', 'COUNT', 1)[1]
        if newest then
          local first, second = string.match(newest[1], '(%d+)-(%d+)')
          ms, seq = tonumber(first), tonumber(second)
        end
        local ahead = tonumber(redis.call('HGET', KEYS[2], day) or 0)
        local i, service = 5, nil
        while i <= #ARGV do
          local at = tonumber(ARGV[i])
          if at > ms then ms, seq = at, 0 else seq = seq + 1 end
          local id, delay = string.format('%.0f-%.0f', ms, seq), ms - at
          if delay > ahead then ahead = delay end
          if ARGV[i + 1] ~= service then
            service = ARGV[i + 1]
            redis.call('HSET', KEYS[3], service, day)
          end
          local fields = {}
          for n, name in ipairs(names) do
            fields[2 * n - 1], fields[2 * n] = name, ARGV[i + 1 + n]
          end
          redis.call('XADD', KEYS[4], 'MAXLEN', '~', limit, id, 'd', string.format('%.0f', delay), unpack(fields))
          i = i + 2 + #names
          local entries = tonumber(ARGV[i])
          for n = 1, entries do
            redis.call('XADD', KEYS[tonumber(ARGV[i + 2 * n - 1])], 'MAXLEN', '~', limit, id, 'h', ARGV[i + 2 * n])
          end
          i = i + 1 + 2 * entries
        end
        redis.call('HSET', KEYS[2], day, string.format('%.0f', ahead))
        redis.call('PSETEX', KEYS[1], 86400000, ARGV[1])
        return 1
        """;

    static readonly string Names = string.Join(' ', LogFields.Names);

    readonly string _id = Guid.NewGuid().ToString("N")[..12];

    /// <summary>Appends lines; idempotent for the same batch.</summary>
    /// <param name="batch">Identifies the batch among those of this process.</param>
    /// <param name="lines">The lines, oldest first; the same at each call.</param>
    /// <param name="cancellationToken">Ends the wait, not the call.</param>
    /// <exception cref="RedisUnavailableException">Redis is unavailable; call again.</exception>
    /// <exception cref="RedisServerException">Redis refuses the lines; retrying does not help.</exception>
    public async Task AppendAsync(long batch, IReadOnlyList<LogLine> lines, CancellationToken cancellationToken)
    {
        foreach (var day in lines.GroupBy(line => DateOnly.FromDateTime(line.Time.UtcDateTime)))
        {
            var (keys, values) = Arguments(batch, day.Key, day);
            await redis.EvaluateAsync(Append, keys, values, cancellationToken);
        }
    }

    (RedisKey[] Keys, RedisValue[] Values) Arguments(long batch, DateOnly day, IEnumerable<LogLine> lines)
    {
        List<RedisKey> keys = [LogKeys.Writer(_id, day), LogKeys.Days, LogKeys.Services, LogKeys.Lines(day)];
        var numbers = new Dictionary<RedisKey, int>();
        List<RedisValue> values = [batch, LogKeys.Text(day), dayLines, Names];
        foreach (var line in lines)
        {
            values.Add(line.Time.ToUnixTimeMilliseconds());
            values.Add(line.Service);
            values.AddRange(LogFields.Of(line));
            var entries = Entries(day, line).ToList();
            values.Add(entries.Count);
            foreach (var (key, value) in entries)
            {
                if (!numbers.TryGetValue(key, out var number))
                {
                    keys.Add(key);
                    numbers[key] = number = keys.Count;
                }

                values.Add(number);
                values.Add(value);
            }
        }

        return ([.. keys], [.. values]);
    }

    // A stream accepts each id once: hashes of the same stream share an entry.
    static IEnumerable<(RedisKey Key, RedisValue Value)> Entries(DateOnly day, LogLine line) =>
        LogKeys
            .Hashes(line)
            .Distinct()
            .GroupBy(hash => LogKeys.Index(day, hash))
            .Select(share => (share.Key, (RedisValue)string.Concat(share.Select(LogKeys.Text))))
            .Prepend((LogKeys.Index(day, line.Service, line.Level), RedisValue.EmptyString));
}
