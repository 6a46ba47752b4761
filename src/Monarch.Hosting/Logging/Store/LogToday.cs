namespace Monarch.Hosting.Logging.Store;

/// <summary>
/// Today by the clocks of the process and of Redis. Either may be wrong: the earlier one decides that a day has passed, the later one that
/// it is ahead.
/// </summary>
readonly record struct LogToday(DateOnly Earlier, DateOnly Later)
{
    public static LogToday Of(DateTimeOffset own, DateTimeOffset server)
    {
        var (first, second) = (DateOnly.FromDateTime(own.UtcDateTime), DateOnly.FromDateTime(server.UtcDateTime));
        return first < second ? new(first, second) : new(second, first);
    }

    /// <summary>
    /// Whether only a process with a wrong clock can have written lines of that day. The next day may begin during a clean-up.
    /// </summary>
    public bool IsAhead(DateOnly day) => day > Later.AddDays(1);

    /// <summary>The first day that may still receive lines: today, or the last day with lines if that is older.</summary>
    public DateOnly FirstCurrent(IEnumerable<DateOnly> days)
    {
        var today = this;
        var last = days.Where(day => !today.IsAhead(day)).DefaultIfEmpty(Earlier).Max();
        return last < Earlier ? last : Earlier;
    }
}
