namespace Monarch.Hosting.Logging.Store;

/// <summary>The days and lines to remove so that the memory of all days stays below its limit.</summary>
/// <param name="Removed">The days to remove, in this order.</param>
/// <param name="Share">The share of their lines that current days keep.</param>
sealed record LogPlan(IReadOnlyList<DateOnly> Removed, double Share)
{
    // Several processes write between two clean-ups.
    const double StartAt = 0.9;
    const double EndAt = 0.8;

    /// <param name="sizes">The bytes of each day.</param>
    /// <param name="today">Today.</param>
    /// <param name="limit">The bytes that all days may take.</param>
    public static LogPlan Of(IReadOnlyDictionary<DateOnly, long> sizes, LogToday today, long limit)
    {
        var current = today.FirstCurrent(sizes.Keys);
        var total = sizes.Values.Sum();
        List<DateOnly> removed = [];
        foreach (var day in sizes.Keys.Where(today.IsAhead).OrderDescending().Concat(sizes.Keys.Where(day => day < current).Order()))
        {
            if (total <= StartAt * limit)
            {
                break;
            }

            removed.Add(day);
            total -= sizes[day];
        }

        return new(removed, total > StartAt * limit ? EndAt * limit / total : 1);
    }
}
