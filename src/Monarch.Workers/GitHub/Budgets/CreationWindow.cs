namespace Monarch.Workers.GitHub.Budgets;

/// <summary>What is known of a limit of creations in a minute or an hour: the cap is a setting, the rest was learned.</summary>
sealed class CreationWindow(TimeSpan length, int cap, BudgetReason reason)
{
    public TimeSpan Length => length;

    public int Cap => cap;

    public BudgetReason Reason => reason;

    /// <summary>A little less than what GitHub refused.</summary>
    public int? Ceiling { get; private set; }

    /// <summary>How far a probe goes that is under way.</summary>
    public int? Top { get; private set; }

    public DateTimeOffset ProbeAt { get; private set; }

    /// <summary>How many probes in a row have succeeded.</summary>
    public int Probes { get; private set; }

    /// <summary>So many creations in a window have been well.</summary>
    public int ProvenLevel { get; private set; }

    /// <summary>Where GitHub refused though a fuller window had been well, until creations have gone well beyond it.</summary>
    public int? DisputedLevel { get; private set; }

    public int Limit => Math.Min(cap, Top ?? Ceiling ?? cap);

    /// <summary>What was learned, to reckon with.</summary>
    public void Restore(int? ceiling) => (Ceiling, ProvenLevel, ProbeAt) = (ceiling, cap, DateTimeOffset.MaxValue);

    /// <summary>An hour after a refusal a full window may rise a little above its ceiling; after each success by twice as much, and twice as soon.</summary>
    public void Probe(int used, DateTimeOffset now)
    {
        if (Ceiling < cap && Top is null && now >= ProbeAt && used >= Ceiling)
        {
            Top = (int)Math.Min(cap, Ceiling.Value + (Math.Max(Ceiling.Value / 10, 1) * Math.Pow(2, Probes)));
        }
    }

    /// <summary>The clock was ahead: a probe is never further away than this.</summary>
    public void ProbeBy(DateTimeOffset latest) => ProbeAt = ProbeAt < latest ? ProbeAt : latest;

    public void RecordSuccess(int level, TimeSpan hour, DateTimeOffset now)
    {
        ProvenLevel = Math.Max(ProvenLevel, level);
        if (level > Ceiling)
            Ceiling = level;
        if (Ceiling >= Top)
        {
            Probes++;
            (Top, ProbeAt) = (null, now + (hour / Math.Pow(2, Math.Min(Probes, 20))));
        }

        // A tenth more than was refused: what was refused counts here, and not at GitHub.
        if (level * 10 > (DisputedLevel + 1) * 11)
            DisputedLevel = null;
    }

    public void RecordRefusal(int count, DateTimeOffset nextProbe)
    {
        Ceiling = Math.Max(1, count * 9 / 10);
        (ProvenLevel, Top, ProbeAt, Probes, DisputedLevel) = (Math.Min(ProvenLevel, Ceiling.Value), null, nextProbe, 0, null);
    }

    /// <summary>What was good is not proven any more.</summary>
    public void LowerProvenLevel(int level) => ProvenLevel = Math.Min(ProvenLevel, level - 1);

    /// <summary>It was refused though a fuller window had been well.</summary>
    public void DisputeLevel(int? level) => DisputedLevel = level;

    /// <summary>Whether a fuller window has been well; where a limit was found, what a probe alone has reached is not proven yet.</summary>
    public bool IsProven(int level) => cap == 0 || (level <= ProvenLevel && !(Probes > 0 && Ceiling < cap && level >= Ceiling));

    /// <summary>Whether it is part of a probe.</summary>
    public bool IsProbed(int level) => Top is not null && level >= Ceiling;

    /// <summary>Whether it was refused at about this level before, and has not got past it since.</summary>
    public bool IsDisputed(int level) => level > BudgetRules.FewestToLearnFrom && level * 10 >= DisputedLevel * 9;
}
