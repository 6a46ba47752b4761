namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>
/// The rules for one account, in Lua, each call atomic. <see cref="AccountBudget"/> has the same rules in C#, in the same order and with
/// the same names, and names the files that correspond. Change both; the test Agreeing_with_the_budget_in_memory compares them. Times are
/// Redis' own, in microseconds since 1970, which a double holds exactly.
/// </summary>
static partial class RedisBudgetScripts
{
    /// <summary>Redis' own clock, as seconds and microseconds.</summary>
    public const string ServerTime = "redis.call('TIME')";

    /// <summary>The fields of the account's hash, in the order of the answer of <see cref="Snapshot"/>.</summary>
    public static readonly string[] Fields =
    [
        "closed",
        "reason",
        "status",
        "refused",
        "refusals",
        "alone",
        "aloneCreate",
        "granted",
        "places",
        "pace",
        "paced",
        "minute.ceiling",
        "minute.top",
        "minute.probe",
        "minute.proven",
        "hour.ceiling",
        "hour.top",
        "hour.probe",
        "hour.proven",
        "window",
        "halved",
        "took",
        "remaining",
        "reset",
        "latest",
        "points",
        "sixtieth",
        "closedAt",
        "disputedUntil",
        "minute.probes",
        "minute.disputed",
        "hour.probes",
        "hour.disputed",
    ];

    // KEYS: account, answered, creating, writing, reading, places, promised, spent. ARGV: the rules, in this order.
    static readonly string Begin =
        $"local names = {{'{string.Join("', '", Fields)}'}}\n"
        + """
            local account, answered, creating, writing, reading, places, promised, spent = unpack(KEYS)
            local t = CURRENT_TIME
            local now = t[1] * 1000000 + t[2]
            local rule = {}
            for i = 1, 10 do rule[i] = tonumber(ARGV[i]) end
            local minuteLength, hourLength, perMinute, perHour, start, gap, concurrency, pointsCap, lease, grace = unpack(rule)
            local sixtieth = minuteLength / 60
            local writePoints, readPoints, fewestToLearnFrom = 5, 1, 5
            local longestWait, longestReset = 86400000000, 3600000000
            local text = function(number) return string.format('%.16g', number) end

            local kept = redis.call('HMGET', account, unpack(names))
            local s = {}
            for i, name in ipairs(names) do s[name] = kept[i] and tonumber(kept[i]) or nil end

            local function save()
              local set, gone = {}, {}
              for i, name in ipairs(names) do
                local value = s[name] and text(s[name])
                if value and value ~= kept[i] then
                  set[#set + 1] = name
                  set[#set + 1] = value
                elseif not value and kept[i] then
                  gone[#gone + 1] = name
                end
              end
              if #set > 0 then redis.call('HSET', account, unpack(set)) end
              if #gone > 0 then redis.call('HDEL', account, unpack(gone)) end
              redis.call('PEXPIRE', account, 31622400000)
              for i = 2, #KEYS do redis.call('PEXPIRE', KEYS[i], 86400000) end
            end

            local minute = {name = 'minute.', length = minuteLength, cap = perMinute, reason = 4}
            local hour = {name = 'hour.', length = hourLength, cap = perHour, reason = 3}
            local windows, longest = {}, 0
            for _, w in ipairs({minute, hour}) do
              w.proven = s[w.name .. 'proven'] or 0
              if w.cap > 0 then
                windows[#windows + 1] = w
                longest = math.max(longest, w.length)
              end
            end

            local function limit(w) return math.min(w.cap, s[w.name .. 'top'] or s[w.name .. 'ceiling'] or w.cap) end

            local pace = perMinute
            if start > 0 then pace = math.min(s.pace or start, perMinute) end

            local function inFlight(kind) return ({Create = creating, Write = writing, Read = reading})[kind] end
            local function cost(kind) return kind == 'Read' and readPoints or writePoints end

            -- Records a creation, which counts for the length of a window.
            local function count(id, at)
              if longest > 0 then redis.call('ZADD', answered, text(at), id) end
            end

            local function spend(at, points)
              if pointsCap == 0 then return end
              redis.call('HINCRBY', spent, text(math.floor(at / sixtieth)), points)
              s.points = (s.points or 0) + points
            end

            -- After the clock was set back, limits times to the furthest ahead that the rules allow.
            local function atMost(name, longest)
              if s[name] and s[name] > now + longest then s[name] = now + longest end
            end
            for _, name in ipairs({'granted', 'refused', 'paced', 'halved', 'latest'}) do atMost(name, 0) end
            if s.closed and s.closedAt and s.closedAt > now then s.closed, s.closedAt = s.closed - (s.closedAt - now), now end
            atMost('closed', longestWait)
            atMost('disputedUntil', longestWait + hourLength)
            atMost('minute.probe', hourLength)
            atMost('hour.probe', hourLength)
            atMost('reset', longestReset)
            if s.took and s.took > lease then s.took = lease end
            local function clamp(key, longest)
              for _, name in ipairs(redis.call('ZRANGEBYSCORE', key, '(' .. text(now + longest), '+inf')) do
                redis.call('ZADD', key, text(now + longest), name)
              end
            end
            clamp(creating, lease)
            clamp(writing, lease)
            clamp(reading, lease)
            clamp(promised, longestWait)
            -- The distances are kept: otherwise a full hour would remain full for another hour.
            local ahead = redis.call('ZRANGEBYSCORE', answered, '(' .. text(now), '+inf', 'WITHSCORES')
            for i = 1, #ahead, 2 do redis.call('ZADD', answered, text(ahead[i + 1] - (ahead[#ahead] - now)), ahead[i]) end

            -- Removes expired entries. The owner died or lost its connection: its request may have been answered until the end of the lease.
            local expired = redis.call('ZRANGEBYSCORE', creating, '-inf', text(now), 'WITHSCORES')
            for i = 1, #expired, 2 do
              redis.call('ZREM', creating, expired[i])
              count(expired[i], tonumber(expired[i + 1]))
              spend(tonumber(expired[i + 1]), writePoints)
            end
            for _, kind in ipairs({'Write', 'Read'}) do
              expired = redis.call('ZRANGEBYSCORE', inFlight(kind), '-inf', text(now), 'WITHSCORES')
              for i = 1, #expired, 2 do
                redis.call('ZREM', inFlight(kind), expired[i])
                spend(tonumber(expired[i + 1]), cost(kind))
              end
            end
            if pointsCap > 0 and s.sixtieth ~= math.floor(now / sixtieth) then
              s.sixtieth, s.points = math.floor(now / sixtieth), 0
              local all = redis.call('HGETALL', spent)
              for i = 1, #all, 2 do
                if tonumber(all[i]) > s.sixtieth then
                  redis.call('HDEL', spent, all[i])
                  redis.call('HINCRBY', spent, text(s.sixtieth), all[i + 1])
                  s.points = s.points + all[i + 1]
                elseif (all[i] + 1) * sixtieth + minuteLength <= now then
                  redis.call('HDEL', spent, all[i])
                else
                  s.points = s.points + all[i + 1]
                end
              end
            end
            redis.call('ZREMRANGEBYSCORE', answered, '-inf', text(now - longest))
            if now > (s.closed or 0) + grace then
              for _, name in ipairs(redis.call('ZRANGEBYSCORE', promised, '-inf', text(now - grace))) do
                redis.call('ZREM', promised, name)
                redis.call('ZREM', places, name)
              end
            end

            local creatingCount, writingCount = redis.call('ZCARD', creating), redis.call('ZCARD', writing)
            local readingCount = redis.call('ZCARD', reading)
            local took = math.min(s.took or 200000, lease)
            local function window() return math.min(s.window or concurrency, concurrency) end
            local function inside(w)
              if w.cap == 0 then return 0 end
              return redis.call('ZCOUNT', answered, '(' .. text(now - w.length), '+inf')
            end
            local underWay = creatingCount + writingCount + readingCount
            local function points()
              return (s.points or 0) + (creatingCount + writingCount) * writePoints + readingCount * readPoints
            end

            """;

    // ARGV: the rules.
    const string SnapshotBody = """
        save()
        local answer = {text(now)}
        for _, key in ipairs({creating, writing, reading, places}) do answer[#answer + 1] = tostring(redis.call('ZCARD', key)) end
        for _, name in ipairs(names) do answer[#answer + 1] = s[name] and text(s[name]) or '' end
        local all = redis.call('ZRANGE', answered, 0, -1, 'WITHSCORES')
        for i = 2, #all, 2 do answer[#answer + 1] = all[i] end
        return answer
        """;

    /// <param name="clock">The Lua expression of the current time.</param>
    public static string Ask(string clock) => In(clock, Asking);

    /// <param name="clock">The Lua expression of the current time.</param>
    public static string End(string clock) => In(clock, Ending);

    /// <param name="clock">The Lua expression of the current time.</param>
    public static string Snapshot(string clock) => In(clock, SnapshotBody);

    static string In(string clock, string script) => Begin.Replace("CURRENT_TIME", clock, StringComparison.Ordinal) + script;
}
