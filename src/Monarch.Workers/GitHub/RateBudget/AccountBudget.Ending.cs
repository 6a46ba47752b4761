namespace Monarch.Workers.GitHub.RateBudget;

// RedisBudgetScripts.Ending.cs has the same rules in Lua; Agreeing_with_the_budget_in_memory compares them.
sealed partial class AccountBudget
{
    public TimeSpan End(BudgetGrant grant, BudgetOutcome outcome, DateTimeOffset now)
    {
        Roll(now);
        var creates = grant.Kind == BudgetKind.Create;
        var isKnown = InFlight(grant.Kind).Remove(grant.Id);
        if (outcome.End is BudgetEnd.Void or BudgetEnd.Unreached)
        {
            _answered.RemoveAll(creation => creation.Id == grant.Id);
            if (isKnown)
            {
                _remaining++;
            }
        }
        else
        {
            if (creates)
            {
                // The expired grant was already counted as answered.
                if (!isKnown)
                {
                    _answered.RemoveAll(creation => creation.Id == grant.Id);
                }

                Count(grant.Id, now);
            }

            if (isKnown)
            {
                Spend(now, Cost(grant.Kind));
            }

            Remember(grant, outcome, now);
        }

        switch (outcome.End)
        {
            case BudgetEnd.Answered:
                var lasted = TimeSpan.FromTicks(Math.Clamp((now - grant.GrantedAt).Ticks, 0, _rules.Lease.Ticks));
                _took = _took is { } took ? (took * 0.9) + (lasted * 0.1) : lasted;
                if (_window < _rules.Concurrency)
                {
                    _window += 1 / _window;
                }

                if (grant.GrantedAt >= _refused)
                {
                    RecordSuccess(grant, now);
                }

                break;
            case BudgetEnd.Failed or BudgetEnd.Unreached when _rules.Concurrency > 0 && grant.GrantedAt >= _halved:
                (_window, _halved) = (Math.Max(1, (int)Window / 2), now);
                break;
            case BudgetEnd.Refused:
                Refuse(grant, outcome, now);
                break;
        }

        return now < _closed ? _closed - now : TimeSpan.Zero;
    }

    /// <summary>Records the hourly request limit from the headers. Answers arrive out of order, so the latest grant counts.</summary>
    void Remember(BudgetGrant grant, BudgetOutcome outcome, DateTimeOffset now)
    {
        if (outcome is { Remaining: { } remaining, ResetsIn: { Ticks: > 0 } resetsIn } && grant.GrantedAt >= _latest)
        {
            (_remaining, _reset, _latest) = (remaining - UnderWay, now + resetsIn, Earlier(grant.GrantedAt, now));
        }
    }

    void RecordSuccess(BudgetGrant grant, DateTimeOffset now)
    {
        _alone = false;
        if (grant.Kind == BudgetKind.Create)
        {
            _aloneCreate = false;
            _windows.ForEach(window => window.RecordSuccess(window == _minute ? grant.MinuteLevel : grant.HourLevel, _rules.Hour, now));
        }

        if (!_aloneCreate)
        {
            _refusals = 0;
        }
    }

    void Refuse(BudgetGrant grant, BudgetOutcome outcome, DateTimeOffset now)
    {
        // Refusals of requests in flight together count as one.
        var (isNew, hasCreatedNothing) = (grant.GrantedAt >= _refused, _aloneCreate);
        if (isNew)
        {
            (_refused, _paced, _alone) = (now, now, true);
            _refusals += outcome.Wait is null ? 1 : 0;
            _aloneCreate |= grant.Kind == BudgetKind.Create;
        }

        var backOff = _rules.Minute * Math.Pow(2, Math.Min(Math.Max(_refusals, 1) - 1, 20));
        var wait = outcome.Wait ?? (backOff < _rules.Hour ? backOff : _rules.Hour);
        var until = now + (wait < BudgetRules.LongestWait ? wait : BudgetRules.LongestWait);
        if (isNew && grant.Kind == BudgetKind.Create && !outcome.IsPrimary && !IsForeign(grant, hasCreatedNothing, until, now))
        {
            Learn(grant, outcome.Wait, now);
        }

        if (until > _closed && (isNew || outcome.Wait is not null))
        {
            (_closed, _closedAt, _status) = (until, now, outcome.Status);
            _reason = outcome.IsPrimary ? BudgetReason.Requests : BudgetReason.Refused;
        }
    }

    /// <summary>
    /// Whether a refusal is unrelated to the number of our creations, since both windows have been fuller without one: another program uses
    /// the account, or GitHub has an outage. A second refusal at about the same number within an hour counts, with creations in between.
    /// </summary>
    bool IsForeign(BudgetGrant grant, bool hasCreatedNothing, DateTimeOffset until, DateTimeOffset now)
    {
        if (now >= _disputedUntil)
        {
            _minute.DisputeLevel(null);
            _hour.DisputeLevel(null);
        }

        var isForeign =
            _minute.IsProven(grant.MinuteLevel)
            && _hour.IsProven(grant.HourLevel)
            && (hasCreatedNothing || !(_minute.IsDisputed(grant.MinuteLevel) || _hour.IsDisputed(grant.HourLevel)));
        if (isForeign)
        {
            _minute.DisputeLevel(grant.MinuteLevel);
            _hour.DisputeLevel(grant.HourLevel);
            _disputedUntil = until + _rules.Hour;
        }

        return isForeign;
    }

    /// <summary>
    /// Decides whether the minute or the hour was too full: not the one that has been fuller without a refusal; otherwise the one that was
    /// probed.
    /// </summary>
    void Learn(BudgetGrant grant, TimeSpan? wait, DateTimeOffset now)
    {
        var minuteIsProven = _minute.IsProven(grant.MinuteLevel) && !_minute.IsDisputed(grant.MinuteLevel);
        var hourIsProven = _hour.IsProven(grant.HourLevel) && !_hour.IsDisputed(grant.HourLevel);
        var (minuteIsProbed, hourIsProbed) = (_minute.IsProbed(grant.MinuteLevel), _hour.IsProbed(grant.HourLevel));
        var isHour =
            minuteIsProven != hourIsProven ? minuteIsProven
            : minuteIsProbed != hourIsProbed ? hourIsProbed
            : wait > _rules.Minute;
        var (blamed, level) = isHour ? (_hour, grant.HourLevel) : (_minute, grant.MinuteLevel);
        if (level > BudgetRules.FewestToLearnFrom)
        {
            blamed.RecordRefusal(level - 1, now + _rules.Hour);
        }
        // If the other window was the cause, the next refusal shows it.
        var (other, otherLevel) = isHour ? (_minute, grant.MinuteLevel) : (_hour, grant.HourLevel);
        if (otherLevel > 0)
        {
            other.LowerProvenLevel(otherLevel);
        }
    }
}
