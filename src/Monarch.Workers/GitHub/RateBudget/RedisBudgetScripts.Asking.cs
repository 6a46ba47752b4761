namespace Monarch.Workers.GitHub.RateBudget;

// AccountBudget.Asking.cs has the same rules in C#; Agreeing_with_the_budget_in_memory compares them.
static partial class RedisBudgetScripts
{
    // ARGV: the rules, id, 1 for a creation, the reservation. Returns {1, now, the two levels}, or {0, the wait, reason, status}.
    const string Asking = """
        local id, creates, reservation = ARGV[11], ARGV[12] == '1', ARGV[13]
        local place = creates and redis.call('ZRANK', places, reservation) or nil
        local before = creates and (place or redis.call('ZCARD', places)) or 0
        local till, reason = now, 0
        local function wait(at, why)
          if at > till then till, reason = at, why end
        end
        local function promisedAt(i)
          local name = redis.call('ZRANGE', places, i, i)[1]
          return name and tonumber(redis.call('ZSCORE', promised, name)) or now
        end

        -- When one more creation fits under a cap, after those ahead of it in the queue.
        local function fits(w, cap)
          local over = w.inside + creatingCount + before - cap
          if over < 0 then return now end
          if over < w.inside then
            local i = redis.call('ZCARD', answered) - w.inside + over
            return redis.call('ZRANGE', answered, i, i, 'WITHSCORES')[2] + w.length
          end
          if over < w.inside + creatingCount then return now + took + w.length end
          return math.max(promisedAt(over - w.inside - creatingCount), now) + took + w.length
        end

        -- When the gap permits one more creation. An overdue place does not delay the others; it keeps its position in the queue.
        local function turnAt()
          if gap == 0 then return now end
          local ahead = before
          if before > 0 and before <= 1000 then
            ahead = 0
            for _, at in ipairs(redis.call('ZMSCORE', promised, unpack(redis.call('ZRANGE', places, 0, before - 1)))) do
              if at and tonumber(at) > now then ahead = ahead + 1 end
            end
          end
          return math.max((s.granted or 0) + gap, s.closed or 0, now) + gap * ahead
        end

        -- When points for one more request are available.
        local function pointsFit()
          local cost = creates and createPoints or readPoints
          if pointsCap == 0 or points() + cost <= pointsCap then return now end
          local over = points() + cost * (before + 1) - pointsCap
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
          local turn = turnAt()
          if turn > till then till, reason = turn, reason == 0 and 7 or reason end
        end

        -- The time until another request is answered.
        local function poll(n) return now + math.min(math.max(took / 2, 1000), 1000000) * (1 + n) end

        local minuteLevel, hourLevel = minute.level or 0, hour.level or 0
        if till <= now then
          -- A single request probes a level above the proven one, and whether a refusal has ended.
          if s.alone and creatingCount + readingCount > 0
            or creates and creatingCount > 0 and (s.aloneCreate or minuteLevel > minute.proven or hourLevel > hour.proven) then
            wait(poll(before), 9)
          elseif concurrency > 0 and creatingCount + readingCount + before >= math.floor(window()) then
            wait(poll(math.floor(before / math.floor(window()))), 8)
          end
        end

        if till > now then
          till = math.min(till, now + longestWait)
          if creates then
            if not place then
              s.places = (s.places or 0) + 1
              redis.call('ZADD', places, text(s.places), reservation)
            end
            redis.call('ZADD', promised, text(till), reservation)
          end
          save()
          return {'0', text(math.ceil(till - now)), text(reason), text(reason == 1 and s.status or 0)}
        end

        redis.call('ZADD', creates and creating or reading, text(now + lease), id)
        if s.remaining then s.remaining = s.remaining - 1 end
        if creates then
          s.granted = now
          if place then
            redis.call('ZREM', places, reservation)
            redis.call('ZREM', promised, reservation)
          end
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
