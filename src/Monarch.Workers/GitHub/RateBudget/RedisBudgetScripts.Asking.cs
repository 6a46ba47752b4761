namespace Monarch.Workers.GitHub.RateBudget;

// AccountBudget.Asking.cs has the same rules in C#; Agreeing_with_the_budget_in_memory compares them.
static partial class RedisBudgetScripts
{
    // ARGV: the rules, id, the kind, the place. Returns {1, now, the two levels}, or {0, the wait, reason, status}.
    const string Asking = """
        local id, kind, name = ARGV[11], ARGV[12], ARGV[13]
        local creates, reads = kind == 'Create', kind == 'Read'
        local place = not reads and redis.call('ZRANK', places, name) or nil
        local before = not reads and (place or redis.call('ZCARD', places)) or 0
        local queue = before > 0 and redis.call('ZRANGE', places, 0, before - 1) or {}
        local ahead = {}
        if creates then
          for _, other in ipairs(queue) do
            if string.sub(other, 1, 6) ~= 'write:' then ahead[#ahead + 1] = other end
          end
        end
        local till, reason = now, 0
        local function wait(at, why)
          if at > till then till, reason = at, why end
        end
        local function promisedAt(other) return other and tonumber(redis.call('ZSCORE', promised, other)) or now end

        -- When one more creation fits under a cap, after the creations ahead of it in the queue.
        local function fits(w, cap)
          local over = w.inside + creatingCount + #ahead - cap
          if over < 0 then return now end
          if over < w.inside then
            local i = redis.call('ZCARD', answered) - w.inside + over
            return redis.call('ZRANGE', answered, i, i, 'WITHSCORES')[2] + w.length
          end
          if over < w.inside + creatingCount then return now + took + w.length end
          return math.max(promisedAt(ahead[over - w.inside - creatingCount + 1]), now) + took + w.length
        end

        -- When the gap permits one more creation or write. An overdue place does not delay the others; it keeps its position in the queue.
        -- A write goes before creations that wait longer than for the gap.
        local function turnAt()
          if gap == 0 then return now end
          local turn, promises = math.max((s.granted or 0) + gap, s.closed or 0, now), {}
          for i = 1, before, 1000 do
            for _, at in ipairs(redis.call('ZMSCORE', promised, unpack(queue, i, math.min(i + 999, before)))) do
              if at and tonumber(at) > now then promises[#promises + 1] = tonumber(at) end
            end
          end
          table.sort(promises)
          for _, at in ipairs(promises) do
            if not creates and at > turn then break end
            turn = turn + gap
          end
          return turn
        end

        -- When points for one more request are available.
        local function pointsFit()
          if pointsCap == 0 or points() + cost(kind) <= pointsCap then return now end
          local over = points() + cost(kind) * (before + 1) - pointsCap
          local all, order = redis.call('HGETALL', spent), {}
          for i = 1, #all, 2 do order[#order + 1] = {tonumber(all[i]), tonumber(all[i + 1])} end
          table.sort(order, function(x, y) return x[1] < y[1] end)
          for _, x in ipairs(order) do
            over = over - x[2]
            if over <= 0 then return (x[1] + 1) * sixtieth + minuteLength end
          end
          return now + took
        end

        -- An hour after a refusal a full window may exceed its ceiling slightly; after each success by twice as much and twice as soon.
        local function probe(w, used)
          local ceiling = s[w.name .. 'ceiling']
          if ceiling and ceiling < w.cap and not s[w.name .. 'top'] and now >= (s[w.name .. 'probe'] or 0) and used >= ceiling then
            local step = math.max(math.floor(ceiling / 10), 1) * 2 ^ (s[w.name .. 'probes'] or 0)
            s[w.name .. 'top'] = math.min(w.cap, ceiling + step)
          end
        end

        wait(s.closed or 0, s.reason or 0)
        if s.remaining and s.remaining <= 0 and now < (s.reset or 0) then wait(s.reset, 2) end
        wait(pointsFit(), 6)
        if creates then
          for _, w in ipairs(windows) do
            w.inside = inside(w)
            w.level = w.inside + creatingCount + 1
            probe(w, w.inside + creatingCount)
            if w == minute and pace < limit(w) then
              wait(fits(w, pace), 5)
            else
              wait(fits(w, limit(w)), w.reason)
            end
          end
        end
        if not reads then
          local turn = turnAt()
          if turn > till then till, reason = turn, reason == 0 and 7 or reason end
        end

        -- The time until another request is answered.
        local function poll(n) return now + math.min(math.max(took / 2, 1000), 1000000) * (1 + n) end

        local minuteLevel, hourLevel = minute.level or 0, hour.level or 0
        if till <= now then
          -- As a read, a write does not wait for those ahead of it here: they may wait for limits of creations.
          local queued = creates and before or 0
          -- A single request probes a level above the proven one, and whether a refusal has ended.
          if s.alone and underWay > 0
            or creates and creatingCount > 0 and (s.aloneCreate or minuteLevel > minute.proven or hourLevel > hour.proven) then
            wait(poll(queued), 9)
          elseif concurrency > 0 and underWay + queued >= math.floor(window()) then
            wait(poll(math.floor(queued / math.floor(window()))), 8)
          end
        end

        if till > now then
          till = math.min(till, now + longestWait)
          if not reads then
            if not place then
              s.places = (s.places or 0) + 1
              redis.call('ZADD', places, text(s.places), name)
            end
            redis.call('ZADD', promised, text(till), name)
          end
          save()
          return {'0', text(math.ceil(till - now)), text(reason), text(reason == 1 and s.status or 0)}
        end

        redis.call('ZADD', inFlight(kind), text(now + lease), id)
        if s.remaining then s.remaining = s.remaining - 1 end
        if not reads then
          s.granted = now
          if place then
            redis.call('ZREM', places, name)
            redis.call('ZREM', promised, name)
          end
        end
        if creates then
          -- Raises the pace after a minute that was nearly used up without a refusal (nearly, since callers wake up slightly late).
          if pace < perMinute then
            s.paced = s.paced or now
            if minuteLevel * 10 >= pace * 9 and now - s.paced >= minuteLength then
              s.pace, s.paced = math.min(perMinute, math.max(math.floor(pace * 5 / 4), pace + 1)), now
            end
          end
        end
        save()
        return {'1', text(now), text(minuteLevel), text(hourLevel)}
        """;
}
