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

    /// <summary>So many creations in a window have been well.</summary>
    public int Good { get; private set; }

    public int Limit => Math.Min(cap, Top ?? Ceiling ?? cap);

    /// <summary>What was learned, to reckon with.</summary>
    public void Recall(int? ceiling) => (Ceiling, Good, ProbeAt) = (ceiling, cap, DateTimeOffset.MaxValue);

    /// <summary>Once an hour a full window may rise a little above its ceiling.</summary>
    public void Probe(int used, DateTimeOffset now)
    {
        if (Ceiling < cap && Top is null && now >= ProbeAt && used >= Ceiling)
            Top = Math.Min(cap, Math.Max(Ceiling.Value * 11 / 10, Ceiling.Value + 1));
    }

    public void Liked(int level, DateTimeOffset nextProbe)
    {
        Good = Math.Max(Good, level);
        if (level > Ceiling)
            Ceiling = level;
        if (Ceiling >= Top)
            (Top, ProbeAt) = (null, nextProbe);
    }

    public void Refused(int count, DateTimeOffset nextProbe)
    {
        Ceiling = Math.Max(1, count * 9 / 10);
        (Good, Top, ProbeAt) = (Math.Min(Good, Ceiling.Value), null, nextProbe);
    }

    /// <summary>What was good is not proven any more.</summary>
    public void Doubt(int level) => Good = Math.Min(Good, level - 1);
}
