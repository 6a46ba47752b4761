using System.Globalization;
using Monarch.Redis.Connection;
using StackExchange.Redis;

namespace Monarch.Hosting.Logging.Store;

/// <summary>
/// Removes expired days, and keeps the memory of all days below its limit: removes days that are ahead of all clocks first, then the oldest
/// day, then the oldest lines of today. All processes do so concurrently; each step is idempotent.
/// </summary>
sealed class LogRetention(RedisConnection redis, LogMemory memory, LogStoreOptions options, TimeProvider time)
{
    const long LongestStep = 1024 * 1024;
    const int StepsOfLimit = 20;
    const int Samples = 20;
    const int FewestLines = 100;

    // A later line registers its day again.
    const string Remove = """
        redis.call('UNLINK', unpack(KEYS, 2))
        return redis.call('HDEL', KEYS[1], ARGV[1])
        """;

    /// <summary>The sizes of days that are no longer written to.</summary>
    readonly Dictionary<DateOnly, long> _measured = [];

    /// <summary>The approximate number of bytes that may be written between two clean-ups.</summary>
    public long Step { get; private set; } = StepOf(options.MaxBytes);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (days, services) = await ReadAsync(cancellationToken);
        var today = await TodayAsync(cancellationToken);
        var oldest = today.Earlier.AddDays(1 - options.Days);
        foreach (var day in days.Where(day => day < oldest).ToList())
        {
            await RemoveAsync(day, services.Keys, cancellationToken);
            days.Remove(day);
        }

        var gone = services.Where(service => service.Value < oldest).Select(service => (RedisValue)service.Key).ToArray();
        if (gone.Length > 0)
        {
            await redis.RunAsync(x => x.HashDeleteAsync(LogKeys.Services, gone), cancellationToken);
        }

        await LimitAsync(days, today, services.Keys, cancellationToken);
    }

    static long StepOf(long limit) => Math.Min(LongestStep, limit / StepsOfLimit);

    async Task<LogToday> TodayAsync(CancellationToken cancellationToken)
    {
        var answer = (RedisResult[])(await redis.ExecuteAsync("TIME", cancellationToken))!;
        return LogToday.Of(time.GetUtcNow(), DateTimeOffset.FromUnixTimeSeconds((long)answer[0]));
    }

    async Task<(List<DateOnly> Days, Dictionary<string, DateOnly> Services)> ReadAsync(CancellationToken cancellationToken)
    {
        var days = await redis.RunAsync(x => x.HashGetAllAsync(LogKeys.Days), cancellationToken);
        var services = await redis.RunAsync(x => x.HashGetAllAsync(LogKeys.Services), cancellationToken);
        return (
            [.. days.Select(day => Day(day.Name)).Order()],
            services.ToDictionary(service => (string)service.Name!, service => Day(service.Value))
        );
    }

    async Task LimitAsync(List<DateOnly> days, LogToday today, ICollection<string> services, CancellationToken cancellationToken)
    {
        var limit = await memory.LimitAsync(cancellationToken);
        Step = StepOf(limit);
        var current = today.FirstCurrent(days);
        var (sizes, lines) = (new Dictionary<DateOnly, long>(), new Dictionary<DateOnly, long>());
        foreach (var day in days)
        {
            (sizes[day], lines[day]) =
                day < current && _measured.TryGetValue(day, out var known)
                    ? (known, 0)
                    : await MeasureAsync(day, services, cancellationToken);
        }

        _measured.Clear();
        foreach (var day in days.Where(day => day < current))
        {
            _measured[day] = sizes[day];
        }

        var plan = LogPlan.Of(sizes, today, limit);
        foreach (var day in plan.Removed)
        {
            await RemoveAsync(day, services, cancellationToken);
        }

        foreach (var day in days.Where(day => day >= current).Except(plan.Removed))
        {
            // Relative to the lines at the time of the measurement: another process may have removed some meanwhile.
            await TrimAsync(day, services, plan.Share < 1 ? (long)(lines[day] * plan.Share) : null, cancellationToken);
        }
    }

    async Task<(long Bytes, long Lines)> MeasureAsync(DateOnly day, IEnumerable<string> services, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [LogKeys.Lines(day), .. LogKeys.Indexes(day, services)];
        var figures = await redis.RunAsync(
            x =>
                Task.WhenAll(
                    keys.Select(key => x.ExecuteAsync("MEMORY", "USAGE", key, "SAMPLES", Samples)).Prepend(x.ExecuteAsync("XLEN", keys[0]))
                ),
            cancellationToken
        );
        return (figures.Skip(1).Sum(size => size.IsNull ? 0 : (long)size), (long)figures[0]);
    }

    async Task TrimAsync(DateOnly day, IEnumerable<string> services, long? left, CancellationToken cancellationToken)
    {
        var lines = LogKeys.Lines(day);
        if (left is { } count)
        {
            await redis.ExecuteAsync("XTRIM", cancellationToken, lines, "MAXLEN", "~", Math.Max(FewestLines, count), "LIMIT", 0);
        }

        // Removes index entries of removed lines.
        var oldest = await redis.RunAsync(x => x.StreamRangeAsync(lines, count: 1), cancellationToken);
        if (oldest is [{ IsNull: false, Id: var first }])
        {
            await redis.RunAsync(
                x =>
                    Task.WhenAll(
                        LogKeys.Indexes(day, services).Select(key => x.ExecuteAsync("XTRIM", key, "MINID", "~", first, "LIMIT", 0))
                    ),
                cancellationToken
            );
        }
    }

    Task<RedisResult> RemoveAsync(DateOnly day, IEnumerable<string> services, CancellationToken cancellationToken) =>
        redis.EvaluateAsync(
            Remove,
            [LogKeys.Days, LogKeys.Lines(day), .. LogKeys.Indexes(day, services)],
            [LogKeys.Text(day)],
            cancellationToken
        );

    static DateOnly Day(RedisValue text) => DateOnly.ParseExact((string)text!, LogKeys.DayFormat, CultureInfo.InvariantCulture);
}
