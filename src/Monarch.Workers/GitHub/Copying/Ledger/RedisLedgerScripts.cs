namespace Monarch.Workers.GitHub.Copying.Ledger;

/// <summary>The atomic operations of <see cref="RedisLedger"/>. Times are Redis' own, in milliseconds.</summary>
static class RedisLedgerScripts
{
    /// <summary>How long entries are kept after their last use.</summary>
    public const long RetentionMilliseconds = 366L * 24 * 3600 * 1000;

    // KEYS: epoch. INFO takes 2 microseconds. The run_id changes with each start of a server, and differs from that of its replica.
    const string ReadEpoch = """
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
        local epoch = redis.call('HMGET', KEYS[1], 'run', 'id', 'opens', 'began', 'first')

        """;

    // KEYS: epoch. ARGV: id of a new epoch, how long it remains closed.
    const string BeginEpoch =
        ReadEpoch
        + """
            if epoch[1] ~= run then
              epoch = {run, ARGV[1], string.format('%.0f', now + ARGV[2]), string.format('%.0f', now), epoch[1] and '0' or '1'}
              redis.call('HSET', KEYS[1], 'run', epoch[1], 'id', epoch[2], 'opens', epoch[3], 'began', epoch[4], 'first', epoch[5])
            elseif tonumber(epoch[3]) > now then
              -- The clock may have been set back since the epoch began.
              local began = tonumber(epoch[4] or '0')
              local opens = math.min(epoch[3] - math.max(began - now, 0), now + math.max(ARGV[2], 4500000))
              if opens < tonumber(epoch[3]) then
                epoch[3] = string.format('%.0f', opens)
                redis.call('HSET', KEYS[1], 'opens', epoch[3], 'began', string.format('%.0f', math.min(began, now)))
              end
            end

            """;

    public const string Open =
        BeginEpoch
        + """
            return {epoch[2], string.format('%.0f', epoch[3] - now), epoch[5] or '0'}
            """;

    // KEYS: epoch, entries. ARGV: the epoch before the reading, retention.
    public const string SetRead =
        ReadEpoch
        + """
            if epoch[1] ~= run or epoch[2] ~= ARGV[1] or tonumber(epoch[3]) > now then return 0 end
            redis.call('HSET', KEYS[2], 'epoch', epoch[2])
            redis.call('PEXPIRE', KEYS[2], ARGV[2])
            return 1
            """;

    // KEYS: epoch, entries.
    public const string IsRead =
        ReadEpoch
        + """
            return epoch[1] == run and redis.call('HGET', KEYS[2], 'epoch') == epoch[2] and 1 or 0
            """;

    // KEYS: epoch, entries. ARGV: two for the epoch, retention, issue, owner, lifetime, settle time, searched.
    // The constants are the maxima of the settings: GITHUB_TIMEOUT 600 s, an intent one and a half of it, GITHUB_SETTLE an hour.
    // A created issue is valid in every epoch, since Redis may lose entries but does not invent them. (A removed entry that reappears does
    // so together with the saga of that time, which removes it again.)
    public const string Begin =
        BeginEpoch
        + """
            local entry = redis.call('HGET', KEYS[2], ARGV[4]) or ''
            local kind = string.sub(entry, 1, 1)
            if kind == 'c' then return {'created', string.sub(entry, 2)} end
            if redis.call('HGET', KEYS[2], 'epoch') ~= epoch[2] then return {'unread'} end
            if kind == 'i' then
              local began, expires, owner = string.match(entry, '^i(%d+):(%d+):(.+)$')
              -- The clock may have been set back since the attempt began; its start time is then unknown.
              local ends = math.min(expires - math.max(began - now, 0), now + math.max(ARGV[6], 900000))
              if ends < tonumber(expires) then
                if tonumber(began) > now then began = '0' end
                expires = string.format('%.0f', ends)
                redis.call('HSET', KEYS[2], ARGV[4], 'i' .. began .. ':' .. expires .. ':' .. owner)
              end
              if ends > now then return {'busy', string.format('%.0f', ends - now)} end
              entry = 'd' .. began .. ':' .. expires
              redis.call('HSET', KEYS[2], ARGV[4], entry)
              kind = 'd'
            end
            if kind == 'd' then
              local began, ended = string.match(entry, '^d(%d+):(%d+)')
              if tonumber(began) > now or tonumber(ended) > now then
                entry = string.format('d%s:%.0f', tonumber(began) > now and '0' or began, math.min(ended, now))
                redis.call('HSET', KEYS[2], ARGV[4], entry)
              end
            end
            if kind == 'd' and entry ~= ARGV[8] then
              local began, ended = string.match(entry, '^d(%d+):(%d+)')
              return {'doubtful', began, string.format('%.0f', ended + ARGV[7] - now), entry}
            end
            redis.call('HSET', KEYS[2], ARGV[4], string.format('i%.0f:%.0f:%s', now, now + ARGV[6], ARGV[5]))
            redis.call('PEXPIRE', KEYS[2], ARGV[3])
            return {'granted'}
            """;

    // KEYS: entries. ARGV: issue, owner, 'd' or ''. Only the owner may end its intent.
    public const string EndIntent = """
        local entry = redis.call('HGET', KEYS[1], ARGV[1]) or ''
        local began, owner = string.match(entry, '^i(%d+):%d+:(.+)$')
        if owner ~= ARGV[2] then return 0 end
        if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) return 1 end
        local t = redis.call('TIME')
        redis.call('HSET', KEYS[1], ARGV[1], string.format('d%s:%.0f', began, t[1] * 1000 + math.floor(t[2] / 1000)))
        return 1
        """;

    // KEYS: entries, rejections. ARGV: retention, then issue and entry alternately.
    public const string SetCreated = """
        for i = 2, #ARGV, 2 do
          redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
          redis.call('HDEL', KEYS[2], ARGV[i])
        end
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        return 1
        """;

    // KEYS: entries. ARGV: issue and entry alternately.
    public const string ForgetCreated = """
        for i = 1, #ARGV, 2 do
          if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then redis.call('HDEL', KEYS[1], ARGV[i]) end
        end
        return 1
        """;

    // KEYS: a hash. ARGV: retention, then field and value alternately.
    public const string SetFields = """
        for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        return 1
        """;

    // KEYS: entries, rejections. ARGV: retention, issue, rejection.
    public const string SetRejected = """
        if string.sub(redis.call('HGET', KEYS[1], ARGV[2]) or '', 1, 1) == 'c' then return 0 end
        redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
        redis.call('PEXPIRE', KEYS[2], ARGV[1])
        return 1
        """;
}
