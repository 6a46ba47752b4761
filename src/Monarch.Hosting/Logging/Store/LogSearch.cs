using System.Globalization;
using Microsoft.Extensions.Logging;
using Monarch.Redis.Connection;

namespace Monarch.Hosting.Logging.Store;

/// <summary>Reads pages of lines, newest first, day by day; scans at most <see cref="MostScanned"/> entries for a page.</summary>
sealed class LogSearch(RedisConnection redis)
{
    /// <summary>The number of stream entries that are scanned for one page.</summary>
    public const int MostScanned = 50_000;

    const int SmallestChunk = 50;
    const int LargestChunk = 1000;

    public async Task<LogPage> ReadAsync(LogQuery query, CancellationToken cancellationToken)
    {
        var page = new List<LogLine>();
        LogCursor? reached = null;
        var left = MostScanned;
        foreach (var (day, ahead) in await DaysAsync(query, cancellationToken))
        {
            var source = await SourceAsync(day, query, cancellationToken);
            var (low, high) = Bounds(query, day, ahead);
            var size = Math.Clamp(query.Limit, SmallestChunk, LargestChunk);
            var isEnd = false;
            while (!isEnd && low.CompareTo(high) <= 0)
            {
                var chunk = await source.ReadAsync(low, high, Math.Min(size, left), cancellationToken);
                foreach (var (id, line) in chunk.Lines)
                {
                    if (query.Matches(line))
                    {
                        page.Add(line);
                    }

                    if (page.Count == query.Limit)
                    {
                        return Page(page, new(day, id));
                    }
                }

                reached = new(day, chunk.Lowest ?? low);
                left -= chunk.Scanned;
                isEnd = chunk.IsEnd;
                if (left <= 0)
                {
                    return Page(page, reached);
                }

                high = reached.Id.Before;
                size = Math.Min(2 * size, LargestChunk);
            }
        }

        return Page(page, null);
    }

    // Several processes write, so that the order of arrival can differ from the order of times.
    static LogPage Page(List<LogLine> lines, LogCursor? next) => new([.. lines.OrderByDescending(line => line.Time)], next);

    async Task<IReadOnlyList<(DateOnly Day, long Ahead)>> DaysAsync(LogQuery query, CancellationToken cancellationToken)
    {
        var stored = await redis.RunAsync(x => x.HashGetAllAsync(LogKeys.Days), cancellationToken);
        var days =
            from entry in stored
            let day = DateOnly.ParseExact((string)entry.Name!, LogKeys.DayFormat, CultureInfo.InvariantCulture)
            where query.From is not { } earliest || day >= DateOnly.FromDateTime(earliest.UtcDateTime)
            where query.To is not { } latest || day <= DateOnly.FromDateTime(latest.UtcDateTime)
            where query.Cursor is not { } cursor || day <= cursor.Day
            orderby day descending
            select (day, (long)entry.Value);
        return [.. days];
    }

    static (EntryId Low, EntryId High) Bounds(LogQuery query, DateOnly day, long ahead)
    {
        var low = query.From is { } from ? new EntryId(Math.Max(0, from.ToUnixTimeMilliseconds()), 0) : default;
        var high = query.To is { } to ? new EntryId(Math.Max(0, to.ToUnixTimeMilliseconds()) + ahead, long.MaxValue) : EntryId.Largest;
        var next = query.Cursor is { } cursor && cursor.Day == day ? cursor.Id.Before : EntryId.Largest;
        return (low, high.CompareTo(next) < 0 ? high : next);
    }

    /// <summary>The smallest streams that contain all matching lines.</summary>
    async Task<LogSource> SourceAsync(DateOnly day, LogQuery query, CancellationToken cancellationToken)
    {
        uint? hash = query switch
        {
            { Trace: { } trace } => LogKeys.OfTrace(trace),
            { Migration: { } migration } => LogKeys.OfMigration(migration),
            { Repository: { } repository } => LogKeys.OfRepository(repository),
            _ => null,
        };
        if (hash is { } id)
        {
            return new IndexedLines(redis, day, [LogKeys.Index(day, id)], LogKeys.Text(id));
        }

        if (query.Service is null && query.Level <= LogLevel.Information)
        {
            return new AllLines(redis, day);
        }

        var services = query.Service is { } service
            ? [service.ToLowerInvariant()]
            : (await redis.RunAsync(x => x.HashGetAllAsync(LogKeys.Services), cancellationToken)).Select(x => (string)x.Name!);
        var levels = LogKeys.Levels.Where(level => level >= query.Level).ToList();
        var keys = services.SelectMany(name => levels.Select(level => LogKeys.Index(day, name, level)));
        return new IndexedLines(redis, day, [.. keys], null);
    }
}

/// <summary>A page of lines, newest first.</summary>
/// <param name="Lines">
/// The lines; possibly fewer than requested, or none, when the search must continue with <paramref name="Next"/>.
/// </param>
/// <param name="Next">Where the next page begins; null when there is no older line.</param>
public sealed record LogPage(IReadOnlyList<LogLine> Lines, LogCursor? Next);
