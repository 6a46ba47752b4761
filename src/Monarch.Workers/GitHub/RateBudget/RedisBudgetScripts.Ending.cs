namespace Monarch.Workers.GitHub.RateBudget;

// AccountBudget.Ending.cs has the same rules in C#; Agreeing_with_the_budget_in_memory compares them.
static partial class RedisBudgetScripts
{
    // ARGV: the rules, id, the kind, granted at, the two levels, end, wait (-1: none), 1 for primary, status, remaining (-1:
    // unknown), resets in. Returns the time until the account opens.
    const string Ending = """
        local id, kind, ending = ARGV[11], ARGV[12], ARGV[16]
        local creates = kind == 'Create'
        local grantedAt, minuteLevel, hourLevel = tonumber(ARGV[13]), tonumber(ARGV[14]), tonumber(ARGV[15])
        local named, isPrimary, status = tonumber(ARGV[17]), ARGV[18] == '1', tonumber(ARGV[19])
        local remaining, resetsIn = tonumber(ARGV[20]), tonumber(ARGV[21])

        local isKnown = redis.call('ZREM', inFlight(kind), id) == 1
        if isKnown then underWay = underWay - 1 end
        local isSent = ending ~= 'Void' and ending ~= 'Unreached'
        if not isSent then
          redis.call('ZREM', answered, id)
          if isKnown and s.remaining then s.remaining = s.remaining + 1 end
        else
          if creates then count(id, now) end
          if isKnown then spend(now, cost(kind)) end
        end

        -- Records the hourly request limit from the headers. Answers arrive out of order, so the latest grant counts.
        if isSent and remaining >= 0 and resetsIn > 0 and grantedAt >= (s.latest or 0) then
          s.remaining, s.reset, s.latest = remaining - underWay, now + resetsIn, math.min(grantedAt, now)
        end

        local function recordSuccess(w, level)
          local ceiling, top = s[w.name .. 'ceiling'], s[w.name .. 'top']
          s[w.name .. 'proven'] = math.max(w.proven, level)
          if ceiling and level > ceiling then
            ceiling = level
            s[w.name .. 'ceiling'] = level
          end
          if ceiling and top and ceiling >= top then
            local probes = (s[w.name .. 'probes'] or 0) + 1
            s[w.name .. 'probes'] = probes
            s[w.name .. 'top'] = nil
            s[w.name .. 'probe'] = now + math.floor(hourLength / 2 ^ math.min(probes, 20))
          end
          -- A tenth above the refused level, since refused creations count here but not on GitHub.
          local disputed = s[w.name .. 'disputed']
          if disputed and level * 10 > (disputed + 1) * 11 then s[w.name .. 'disputed'] = nil end
        end

        local function refused(w, n)
          local ceiling = math.max(1, math.floor(n * 9 / 10))
          s[w.name .. 'ceiling'] = ceiling
          s[w.name .. 'top'] = nil
          s[w.name .. 'probe'] = now + hourLength
          s[w.name .. 'probes'] = nil
          s[w.name .. 'proven'] = math.min(w.proven, ceiling)
          s[w.name .. 'disputed'] = nil
        end

        -- Whether GitHub accepted a fuller window. With a learned ceiling, a level reached only by a probe is not proven.
        local function isProven(w, level)
          local ceiling = s[w.name .. 'ceiling'] or w.cap
          return w.cap == 0 or level <= w.proven and not (s[w.name .. 'probes'] and ceiling < w.cap and level >= ceiling)
        end

        -- Whether the level is part of a probe.
        local function isProbed(w, level) return s[w.name .. 'top'] ~= nil and level >= s[w.name .. 'ceiling'] end

        -- Whether a refusal at about this level was recorded and no higher level has succeeded since.
        local function isDisputed(w, level)
          local disputed = s[w.name .. 'disputed']
          return disputed and level > fewestToLearnFrom and level * 10 >= disputed * 9
        end

        -- Whether a refusal is unrelated to the number of our creations, since both windows have been fuller without one: another program
        -- uses the account, or GitHub has an outage. A second refusal at about the same number within an hour counts, with creations in
        -- between.
        local function isForeign(hasCreatedNothing, till)
          if now >= (s.disputedUntil or 0) then s['minute.disputed'], s['hour.disputed'] = nil, nil end
          if not (isProven(minute, minuteLevel) and isProven(hour, hourLevel)) then return false end
          if not hasCreatedNothing and (isDisputed(minute, minuteLevel) or isDisputed(hour, hourLevel)) then return false end
          s['minute.disputed'], s['hour.disputed'], s.disputedUntil = minuteLevel, hourLevel, till + hourLength
          return true
        end

        -- Decides whether the minute or the hour was too full: not the one that has been fuller without a refusal; otherwise the one that
        -- was probed.
        local function learn()
          local minuteIsProven = isProven(minute, minuteLevel) and not isDisputed(minute, minuteLevel)
          local hourIsProven = isProven(hour, hourLevel) and not isDisputed(hour, hourLevel)
          local minuteIsProbed, hourIsProbed = isProbed(minute, minuteLevel), isProbed(hour, hourLevel)
          local isHour = minuteIsProven
          if minuteIsProven == hourIsProven then
            isHour = hourIsProbed
            if minuteIsProbed == hourIsProbed then isHour = named > minuteLength end
          end
          local blamed, level, other, otherLevel = minute, minuteLevel, hour, hourLevel
          if isHour then blamed, level, other, otherLevel = hour, hourLevel, minute, minuteLevel end
          if level > fewestToLearnFrom then refused(blamed, level - 1) end
          -- If the other window was the cause, the next refusal shows it.
          if otherLevel > 0 then s[other.name .. 'proven'] = math.min(other.proven, otherLevel - 1) end
        end

        if ending == 'Answered' then
          local lasted = math.min(math.max(now - grantedAt, 0), lease)
          s.took = math.floor(s.took and s.took * 0.9 + lasted * 0.1 or lasted)
          if s.window and s.window < concurrency then s.window = s.window + 1 / s.window end
          if grantedAt >= (s.refused or 0) then
            s.alone = nil
            if creates then
              s.aloneCreate = nil
              for _, w in ipairs(windows) do recordSuccess(w, w == minute and minuteLevel or hourLevel) end
            end
            if not s.aloneCreate then s.refusals = nil end
          end
        elseif ending == 'Failed' or ending == 'Unreached' then
          if concurrency > 0 and grantedAt >= (s.halved or 0) then
            s.window, s.halved = math.max(1, math.floor(math.floor(window()) / 2)), now
          end
        elseif ending == 'Refused' then
          -- Refusals of requests in flight together count as one.
          local isNew, hasCreatedNothing = grantedAt >= (s.refused or 0), s.aloneCreate
          if isNew then
            s.refused, s.paced, s.alone = now, now, 1
            if named < 0 then s.refusals = (s.refusals or 0) + 1 end
            if creates then s.aloneCreate = 1 end
          end
          local backOff = math.min(minuteLength * 2 ^ math.min(math.max(s.refusals or 0, 1) - 1, 20), hourLength)
          local till = now + math.min(named >= 0 and named or backOff, longestWait)
          if isNew and creates and not isPrimary and not isForeign(hasCreatedNothing, till) then learn() end
          if till > (s.closed or 0) and (isNew or named >= 0) then
            s.closed, s.closedAt, s.reason, s.status = till, now, isPrimary and 2 or 1, status
          end
        end
        save()
        return text(math.max(0, math.ceil((s.closed or 0) - now)))
        """;
}
