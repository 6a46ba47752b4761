namespace Monarch.Benchmarks.Measuring;

static class Statistics
{
    /// <summary>The smallest value that at least this share (0 to 1) of the values do not exceed.</summary>
    public static T Percentile<T>(this IEnumerable<T> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
    }

    public static T Median<T>(this IEnumerable<T> values) => values.Percentile(0.5);
}
