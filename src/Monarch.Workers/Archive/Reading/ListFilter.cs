namespace Monarch.Workers.Archive.Reading;

/// <summary>Which events are listed.</summary>
/// <param name="Key">Their routing key; null means any.</param>
/// <param name="Since">The earliest time, on the clock whose time stands in the names; null means none.</param>
/// <param name="Until">The time before which they were received, on the same clock; null means none.</param>
sealed record ListFilter(KeyPattern? Key, DateTime? Since, DateTime? Until)
{
    /// <summary>Whether a time is within the bounds.</summary>
    public bool Includes(DateTime time) => !(time < Since) && !(time >= Until);
}
