namespace Monarch.Workers.GitHub.Budgets;

sealed partial class AccountBudget
{
    public TimeSpan End(BudgetGrant grant, BudgetOutcome outcome, DateTimeOffset now)
    {
        Roll(now);
        var creates = grant.Kind == BudgetKind.Create;
        var isKnown = (creates ? _creating : _reading).Remove(grant.Id);
        if (outcome.End is BudgetEnd.Void or BudgetEnd.Unreached)
        {
            _answered.RemoveAll(creation => creation.Id == grant.Id);
            if (isKnown)
                _remaining++;
        }
        else
        {
            if (creates)
            {
                // It was taken for answered already.
                if (!isKnown)
                    _answered.RemoveAll(creation => creation.Id == grant.Id);
                Count(grant.Id, now);
            }

            if (isKnown)
                Spend(now, creates ? BudgetRules.CreatePoints : BudgetRules.ReadPoints);
            Remember(grant, outcome, now);
        }

        switch (outcome.End)
        {
            case BudgetEnd.Answered:
                _took = _took is { } took ? (took * 0.9) + ((now - grant.GrantedAt) * 0.1) : now - grant.GrantedAt;
                if (_window < _rules.Concurrency)
                    _window += 1 / _window;
                if (grant.GrantedAt >= _refused)
                    Like(grant, now);
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

    /// <summary>What the headers tell of the hour's requests. Answers overtake each other: that of the latest grant counts.</summary>
    void Remember(BudgetGrant grant, BudgetOutcome outcome, DateTimeOffset now)
    {
        if (outcome is { Remaining: { } remaining, ResetsIn: { Ticks: > 0 } resetsIn } && grant.GrantedAt >= _latest)
            (_remaining, _reset, _latest) = (remaining - UnderWay, now + resetsIn, grant.GrantedAt);
    }

    void Like(BudgetGrant grant, DateTimeOffset now)
    {
        _alone = false;
        if (grant.Kind == BudgetKind.Create)
        {
            _aloneCreate = false;
            _windows.ForEach(window => window.Liked(window == _minute ? grant.MinuteLevel : grant.HourLevel, now + _rules.Hour));
        }

        if (!_aloneCreate)
            _refusals = 0;
    }

    void Refuse(BudgetGrant grant, BudgetOutcome outcome, DateTimeOffset now)
    {
        // What was under way together is refused together: that is one refusal.
        var isNew = grant.GrantedAt >= _refused;
        if (isNew)
        {
            (_refused, _paced, _alone) = (now, now, true);
            _refusals += outcome.Wait is null ? 1 : 0;
            if (grant.Kind == BudgetKind.Create)
            {
                _aloneCreate = true;
                if (!outcome.IsPrimary)
                    Learn(grant, outcome.Wait, now);
            }
        }

        var backOff = _rules.Minute * Math.Pow(2, Math.Min(Math.Max(_refusals, 1) - 1, 20));
        var until = now + (outcome.Wait ?? (backOff < _rules.Hour ? backOff : _rules.Hour));
        if (until > _closed && (isNew || outcome.Wait is not null))
            (_closed, _reason, _status) = (until, outcome.IsPrimary ? BudgetReason.Requests : BudgetReason.ToldToWait, outcome.Status);
    }

    /// <summary>Whether the minute or the hour was too full. Of two the one is not to blame that has been fuller before, and liked.</summary>
    void Learn(BudgetGrant grant, TimeSpan? wait, DateTimeOffset now)
    {
        var minuteWasGood = _minute.Cap == 0 || grant.MinuteLevel <= _minute.Good;
        var hourWasGood = _hour.Cap == 0 || grant.HourLevel <= _hour.Good;
        var isHour = minuteWasGood == hourWasGood ? wait > _rules.Minute : minuteWasGood;
        var (blamed, level) = isHour ? (_hour, grant.HourLevel) : (_minute, grant.MinuteLevel);
        if (level > BudgetRules.FewestToLearnFrom)
            blamed.Refused(level - 1, now + _rules.Hour);
        // Should it have been the other one, the next refusal shows it.
        var (other, otherLevel) = isHour ? (_minute, grant.MinuteLevel) : (_hour, grant.HourLevel);
        if (otherLevel > 0)
            other.Doubt(otherLevel);
    }
}
