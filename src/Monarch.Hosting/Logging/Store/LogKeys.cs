using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Monarch.Hosting.Logging.Store;

/// <summary>
/// The keys in Redis. A day has a stream of lines, and index streams whose entries have the ids of the lines: one for each service and
/// level, and a fixed number for ids (of migrations, traces and repositories), selected by their hash.
/// </summary>
static class LogKeys
{
    public const string DayFormat = "yyyy-MM-dd";

    /// <summary>Few, since each stream takes half a kilobyte; enough for each to hold only a thirtieth of the lines.</summary>
    const int Shares = 32;

    /// <summary>A hash: each day that has lines, and by how many milliseconds at most their ids are ahead of their times.</summary>
    public static readonly RedisKey Days = "monarch:logs:days";

    /// <summary>A hash: each service, and the last day on which it logged.</summary>
    public static readonly RedisKey Services = "monarch:logs:services";

    public static readonly IReadOnlyList<LogLevel> Levels =
    [
        LogLevel.Trace,
        LogLevel.Debug,
        LogLevel.Information,
        LogLevel.Warning,
        LogLevel.Error,
        LogLevel.Critical,
    ];

    /// <summary>The last batch that a process has written.</summary>
    public static RedisKey Writer(string id, DateOnly day) => $"monarch:logs:writer:{id}:{Text(day)}";

    public static RedisKey Lines(DateOnly day) => $"monarch:logs:{Text(day)}";

    public static RedisKey Index(DateOnly day, string service, LogLevel level) =>
        $"monarch:logs:{Text(day)}:{service}:{level.ToString().ToLowerInvariant()}";

    public static RedisKey Index(DateOnly day, uint hash) => $"monarch:logs:{Text(day)}:id:{hash % Shares}";

    /// <summary>All index streams that a day may have.</summary>
    public static IEnumerable<RedisKey> Indexes(DateOnly day, IEnumerable<string> services) =>
        [
            .. services.SelectMany(service => Levels.Select(level => Index(day, service, level))),
            .. Enumerable.Range(0, Shares).Select(share => Index(day, (uint)share)),
        ];

    /// <summary>The hashes of the ids in a line's index.</summary>
    public static IEnumerable<uint> Hashes(LogLine line)
    {
        if (line.Migration is { } migration)
        {
            yield return OfMigration(migration);
        }

        if (line.Trace is { } trace)
        {
            yield return OfTrace(trace);
        }

        foreach (var repository in line.Repositories)
        {
            yield return OfRepository(repository);
        }
    }

    public static uint OfMigration(Guid migration) => Hash($"migration {migration:N}");

    public static uint OfTrace(string trace) => Hash($"trace {trace.ToLowerInvariant()}");

    public static uint OfRepository(string repository) => Hash($"repository {repository.ToLowerInvariant()}");

    /// <summary>The form in an index entry: eight digits, so that one value can hold several.</summary>
    public static string Text(uint hash) => hash.ToString("x8", CultureInfo.InvariantCulture);

    public static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    // FNV-1a: the same in every process and version.
    static uint Hash(string text) => Encoding.UTF8.GetBytes(text).Aggregate(2166136261u, (hash, each) => (hash ^ each) * 16777619u);
}
