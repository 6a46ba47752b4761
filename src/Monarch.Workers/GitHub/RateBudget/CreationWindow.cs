namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>A limit of creations in a minute or an hour: the cap is a setting, the rest is learned.</summary>
sealed class CreationWindow(TimeSpan length, int cap, BudgetReason reason)
{
    public TimeSpan Length => length;

    public int Cap => cap;

    public BudgetReason Reason => reason;

    /// <summary>Slightly below the level that GitHub refused; null without a refusal.</summary>
    public int? Ceiling { get; private set; }

    /// <summary>The top level of a probe in progress; null without one.</summary>
    public int? Top { get; private set; }

    public DateTimeOffset ProbeAt { get; private set; }

    /// <summary>The number of consecutive successful probes.</summary>
    public int Probes { get; private set; }

    /// <summary>The highest number of creations in a window that GitHub accepted.</summary>
    public int ProvenLevel { get; private set; }

    /// <summary>The level of a refusal below the proven level, until creations succeed above it; null without one.</summary>
    public int? DisputedLevel { get; private set; }

    public int Limit => Math.Min(cap, Top ?? Ceiling ?? cap);

    /// <summary>Restores the learned ceiling for a forecast.</summary>
    public void Restore(int? ceiling) => (Ceiling, ProvenLevel, ProbeAt) = (ceiling, cap, DateTimeOffset.MaxValue);

    /// <summary>
    /// An hour after a refusal a full window may exceed its ceiling slightly; after each success by twice as much and twice as soon.
    /// </summary>
    public void Probe(int used, DateTimeOffset now)
    {
        if (Ceiling < cap && Top is null && now >= ProbeAt && used >= Ceiling)
        {
            Top = (int)Math.Min(cap, Ceiling.Value + (Math.Max(Ceiling.Value / 10, 1) * Math.Pow(2, Probes)));
        }
    }

    /// <summary>Limits the time of the next probe after the clock was set back.</summary>
    public void ProbeBy(DateTimeOffset latest) => ProbeAt = ProbeAt < latest ? ProbeAt : latest;

    public void RecordSuccess(int level, TimeSpan hour, DateTimeOffset now)
    {
        ProvenLevel = Math.Max(ProvenLevel, level);
        if (level > Ceiling)
        {
            Ceiling = level;
        }

        if (Ceiling >= Top)
        {
            Probes++;
            (Top, ProbeAt) = (null, now + (hour / Math.Pow(2, Math.Min(Probes, 20))));
        }

        // A tenth above the refused level, since refused creations count here but not on GitHub.
        if (level * 10 > (DisputedLevel + 1) * 11)
        {
            DisputedLevel = null;
        }
    }

    public void RecordRefusal(int count, DateTimeOffset nextProbe)
    {
        Ceiling = Math.Max(1, count * 9 / 10);
        (ProvenLevel, Top, ProbeAt, Probes, DisputedLevel) = (Math.Min(ProvenLevel, Ceiling.Value), null, nextProbe, 0, null);
    }

    /// <summary>Revokes the proof of a level and above.</summary>
    public void LowerProvenLevel(int level) => ProvenLevel = Math.Min(ProvenLevel, level - 1);

    /// <summary>Records a refusal below the proven level.</summary>
    public void DisputeLevel(int? level) => DisputedLevel = level;

    /// <summary>Whether GitHub accepted a fuller window. With a learned ceiling, a level reached only by a probe is not proven.</summary>
    public bool IsProven(int level) => cap == 0 || (level <= ProvenLevel && !(Probes > 0 && Ceiling < cap && level >= Ceiling));

    /// <summary>Whether the level is part of a probe.</summary>
    public bool IsProbed(int level) => Top is not null && level >= Ceiling;

    /// <summary>Whether a refusal at about this level was recorded and no higher level has succeeded since.</summary>
    public bool IsDisputed(int level) => level > BudgetRules.FewestToLearnFrom && level * 10 >= DisputedLevel * 9;
}
