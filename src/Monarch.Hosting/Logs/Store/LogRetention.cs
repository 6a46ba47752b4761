using System.Globalization;
using Monarch.Redis;
using StackExchange.Redis;

namespace Monarch.Hosting.Logs.Store;

/// <summary>
/// Removes days that are over, and keeps the memory of all days below its limit: the oldest day first, then the oldest lines of the last
/// one. All processes do so, and each step may be repeated.
/// </summary>
sealed class LogRetention(RedisConnection redis, LogStoreOptions options, TimeProvider time)
{
    // Several processes write between two looks.
    const double StartAt = 0.9;
    const double EndAt = 0.8;
    const long LongestStep = 1024 * 1024;
    const int Samples = 20;
    const int FewestLines = 100;

    /// <summary>Of days that nothing is written to any more.</summary>
    readonly Dictionary<DateOnly, long> _measured = [];

    /// <summary>How much may be written between two looks, about, in bytes.</summary>
    public long Step { get; } = Math.Min(LongestStep, options.MaxBytes / 20);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (days, services) = await LookAsync(cancellationToken);
        var oldest = (await TodayAsync(cancellationToken)).AddDays(1 - options.Days);
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

        await LimitAsync(days, services.Keys, cancellationToken);
    }

    // Of two clocks the earlier counts: one that has jumped ahead must not remove everything.
    async Task<DateOnly> TodayAsync(CancellationToken cancellationToken)
    {
        var answer = (RedisResult[])(await redis.ExecuteAsync("TIME", cancellationToken))!;
        var server = DateTimeOffset.FromUnixTimeSeconds((long)answer[0]);
        var own = time.GetUtcNow();
        return DateOnly.FromDateTime((own < server ? own : server).UtcDateTime);
    }

    async Task<(List<DateOnly> Days, Dictionary<string, DateOnly> Services)> LookAsync(CancellationToken cancellationToken)
    {
        var days = await redis.RunAsync(x => x.HashGetAllAsync(LogKeys.Days), cancellationToken);
        var services = await redis.RunAsync(x => x.HashGetAllAsync(LogKeys.Services), cancellationToken);
        return (
            [.. days.Select(day => Day(day.Name)).Order()],
            services.ToDictionary(service => (string)service.Name!, service => Day(service.Value)));
    }

    async Task LimitAsync(List<DateOnly> days, ICollection<string> services, CancellationToken cancellationToken)
    {
        if (days.Count == 0)
        {
            return;
        }

        var last = days[^1];
        var sizes = new Dictionary<DateOnly, long>();
        foreach (var day in days)
        {
            sizes[day] = day != last && _measured.TryGetValue(day, out var known)
                ? known
                : await MeasureAsync(day, services, cancellationToken);
        }

        _measured.Clear();
        foreach (var day in days.SkipLast(1))
        {
            _measured[day] = sizes[day];
        }

        var total = sizes.Values.Sum();
        foreach (var day in days.SkipLast(1).TakeWhile(_ => total > StartAt * options.MaxBytes))
        {
            await RemoveAsync(day, services, cancellationToken);
            total -= sizes[day];
        }

        await TrimAsync(last, services, total > StartAt * options.MaxBytes ? EndAt * options.MaxBytes / total : 1, cancellationToken);
    }

    async Task<long> MeasureAsync(DateOnly day, IEnumerable<string> services, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [LogKeys.Lines(day), .. LogKeys.Indexes(day, services)];
        var sizes = await redis.RunAsync(
            x => Task.WhenAll(keys.Select(key => x.ExecuteAsync("MEMORY", "USAGE", key, "SAMPLES", Samples))), cancellationToken);
        return sizes.Sum(size => size.IsNull ? 0 : (long)size);
    }

    async Task TrimAsync(DateOnly day, IEnumerable<string> services, double share, CancellationToken cancellationToken)
    {
        var lines = LogKeys.Lines(day);
        if (share < 1)
        {
            var count = await redis.RunAsync(x => x.StreamLengthAsync(lines), cancellationToken);
            var left = Math.Max(FewestLines, (long)(count * share));
            await redis.ExecuteAsync("XTRIM", cancellationToken, lines, "MAXLEN", "~", left, "LIMIT", 0);
        }

        // What the indexes have of lines that are gone.
        var oldest = await redis.RunAsync(x => x.StreamRangeAsync(lines, count: 1), cancellationToken);
        if (oldest is [{ IsNull: false, Id: var first }])
        {
            await redis.RunAsync(
                x => Task.WhenAll(LogKeys.Indexes(day, services)
                    .Select(key => x.ExecuteAsync("XTRIM", key, "MINID", "~", first, "LIMIT", 0))),
                cancellationToken);
        }
    }

    Task<bool> RemoveAsync(DateOnly day, IEnumerable<string> services, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [LogKeys.Lines(day), .. LogKeys.Indexes(day, services)];
        // The day is forgotten last: a clean-up that was interrupted is repeated.
        return redis.RunAsync(
            async x =>
            {
                await x.ExecuteAsync("UNLINK", [.. keys]);
                return await x.HashDeleteAsync(LogKeys.Days, LogKeys.Text(day));
            },
            cancellationToken);
    }

    static DateOnly Day(RedisValue text) => DateOnly.ParseExact((string)text!, LogKeys.DayFormat, CultureInfo.InvariantCulture);
}
