namespace Monarch.Hosting.Logs.Store;

/// <summary>
/// Today by the clocks of the process and of Redis. Either may be wrong: a day is over by the earlier one, and ahead by the later one.
/// </summary>
readonly record struct LogToday(DateOnly Earlier, DateOnly Later)
{
    public static LogToday Of(DateTimeOffset own, DateTimeOffset server)
    {
        var (first, second) = (DateOnly.FromDateTime(own.UtcDateTime), DateOnly.FromDateTime(server.UtcDateTime));
        return first < second ? new(first, second) : new(second, first);
    }

    /// <summary>Whether only a process whose clock is wrong can have lines of that day. Tomorrow may begin during a look.</summary>
    public bool IsAhead(DateOnly day) => day > Later.AddDays(1);

    /// <summary>The first day that may still get lines: today, or the last day with lines where that is older.</summary>
    public DateOnly FirstCurrent(IEnumerable<DateOnly> days)
    {
        var today = this;
        var last = days.Where(day => !today.IsAhead(day)).DefaultIfEmpty(Earlier).Max();
        return last < Earlier ? last : Earlier;
    }
}
