using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;
using Monarch.Hosting.Logging;
using Monarch.Hosting.Logging.Store;
using Monarch.Redis.Connection;
using Monarch.Testing;
using Serilog;
using Serilog.Events;
using Spectre.Console;
using StackExchange.Redis;

namespace Monarch.Benchmarks;

/// <summary>How fast log lines are stored and found in a private Redis, and how much memory they take.</summary>
static class LogsBenchmark
{
    const double MostMilliseconds = 50;
    const int BatchLength = 500;
    const int Searches = 200;
    const int Scans = 10;
    const int WarmUps = 5;

    // One in a hundred lines is an error, a fifth of them of each service.
    const int LinesPerError = 100;
    const int LinesPerTrace = 8;
    const int Migrations = 500;
    const int Repositories = 40;

    // Milliseconds between two lines: a million of them end before midnight.
    const double Step = 60;

    static readonly Serilog.Core.Logger Logger = new LoggerConfiguration().CreateLogger();
    static readonly string[] Services = ["bridge", "workers", "serve", "usher", "archive"];
    static readonly DateTimeOffset Start = new(2026, 11, 28, 6, 0, 0, TimeSpan.Zero);
    static readonly Option<int> Lines = NumberOption.Create("--lines", "Lines of one day", 1_000_000, least: 10_000);

    public static Command Create()
    {
        var command = new Command("logs", "Writing and searching a day of log lines in a private Redis, and the memory of a line")
        {
            Lines,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        var count = options.GetValue(Lines);
        var report = new Report(
            $"{count} lines of one day; the bar: a page of 100 errors of one service in {MostMilliseconds:0} ms at the 95th percentile",
            "What",
            "p50, ms",
            "p95, ms",
            "bar",
            "met"
        );
        var (rate, bytes, indexBytes) = (0.0, 0.0, 0.0);
        await AnsiConsole
            .Status()
            .StartAsync(
                "Starting Redis",
                async status =>
                {
                    await using var redis = await RedisServer.StartAsync();
                    await using var store = new LogStore(Connect(redis), count);
                    status.Status("Writing");
                    rate = count / (await WriteAsync(store, count, cancellationToken)).TotalSeconds;
                    (bytes, indexBytes) = await MemoryAsync(store, count, cancellationToken);

                    status.Status("Searching");
                    foreach (var (what, times, most, query) in Queries(count))
                    {
                        var taken = await SearchAsync(store, what, times, query, cancellationToken);
                        var p95 = taken.Percentile(0.95);
                        report.Add(
                            what,
                            Report.Number(taken.Median(), "0.0"),
                            Report.Number(p95, "0.0"),
                            most is null ? "" : $"≤ {most:0}",
                            most is null ? "" : Report.Met(p95 <= most)
                        );
                    }
                }
            );
        report.Write(machine);
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine(
            $"Written: {Report.Number(rate, "0")} lines a second by one process; {Report.Number(bytes, "0")} bytes a line, "
                + $"{Report.Number(indexBytes, "0")} of them for the indexes."
        );
    }

    static IEnumerable<(string What, int Times, double? Most, Func<LogQuery> Query)> Queries(int count)
    {
        var random = new Random(1);
        LogQuery Before() => new() { To = Start.AddMilliseconds(count * (0.2 + (0.8 * random.NextDouble())) * Step) };
        yield return (
            "100 errors of one service",
            Searches,
            MostMilliseconds,
            () => Before() with { Level = LogLevel.Error, Service = "workers" }
        );
        yield return ("100 lines of any kind", Searches, null, Before);
        yield return ("100 lines of one migration", Searches, null, () => Before() with { Migration = Migration(random.Next(Migrations)) });
        yield return (
            "100 lines of one repository",
            Searches,
            null,
            () => Before() with { Repository = Repository(random.Next(Repositories)) }
        );
        yield return ($"a text that {LogSearch.MostScanned} lines do not contain", Scans, null, () => new() { Text = "nowhere" });
    }

    static async Task<IReadOnlyList<double>> SearchAsync(
        LogStore store,
        string what,
        int times,
        Func<LogQuery> query,
        CancellationToken cancellationToken
    )
    {
        var taken = new List<double>();
        for (var i = -WarmUps; i < times; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var page = await store.ReadAsync(query(), cancellationToken);
            taken.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            if (page.Lines.Count == 0 && times != Scans)
            {
                throw new InvalidOperationException($"A page of {what} is empty.");
            }
        }

        return [.. taken.Skip(WarmUps)];
    }

    static RedisConnection Connect(RedisServer redis) =>
        new(
            Options.Create(new RedisOptions { Host = "127.0.0.1", Port = redis.Port }),
            TimeProvider.System,
            NullLogger<RedisConnection>.Instance
        );

    static async Task<TimeSpan> WriteAsync(LogStore store, int count, CancellationToken cancellationToken)
    {
        var renderer = new LogRenderer(new Redaction([]));
        var began = TimeProvider.System.GetTimestamp();
        for (var first = 0; first < count; first += BatchLength)
        {
            var batch = Enumerable.Range(first, Math.Min(BatchLength, count - first)).Select(i => renderer.Render(Event(i))).ToList();
            await store.Writer.AppendAsync(first, batch, cancellationToken);
        }

        return TimeProvider.System.GetElapsedTime(began);
    }

    static LogEvent Event(int i)
    {
        const string Failed =
            "Issue {IssueNumber} of {Source} " + "could not be created in {Target}, {Kind}: {Reason} (HTTP {Status}, request {RequestId})";
        const string Read = "Read {IssueCount} open issues of {Source} into snapshot {SnapshotId} for {Target}";
        var (source, target) = ("school/template", Repository(i % Repositories));
        var isError = i / Services.Length % LinesPerError == 0;
        object[] values = isError
            ? [i % 1000, source, target, "Transient", "GitHub answered with an error", 502, $"{i:x8}"]
            : [i % 1000, source, $"{i:x16}", target];
        Logger.BindMessageTemplate(isError ? Failed : Read, values, out var parsed, out var properties);
        var line = new LogEvent(
            Start.AddMilliseconds(i * Step),
            isError ? LogEventLevel.Error : LogEventLevel.Information,
            null,
            parsed!,
            properties!,
            ActivityTraceId.CreateFromString($"{(i / LinesPerTrace) + 1:x32}"),
            ActivitySpanId.CreateFromString($"{i + 1:x16}")
        );
        line.AddOrUpdateProperty(new("Service", new ScalarValue(Services[i % Services.Length])));
        line.AddOrUpdateProperty(new("SourceContext", new ScalarValue("Monarch.Workers.GitHub.Endpoints.CreateIssuesConsumer")));
        line.AddOrUpdateProperty(new("BatchId", new ScalarValue(Migration(i / LinesPerTrace % Migrations))));
        return line;
    }

    static Guid Migration(int number) => new($"0199a5a0-0000-7000-8000-{number:x12}");

    static string Repository(int number) => $"cohort-71/team-{number}-cider-falls";

    static async Task<(double All, double Indexes)> MemoryAsync(LogStore store, int count, CancellationToken cancellationToken)
    {
        var day = DateOnly.FromDateTime(Start.UtcDateTime);
        var (lines, indexes) = (await SizeAsync(LogKeys.Lines(day)), 0L);
        foreach (var key in LogKeys.Indexes(day, Services))
        {
            indexes += await SizeAsync(key);
        }

        return ((double)(lines + indexes) / count, (double)indexes / count);

        // SAMPLES 0: every element is weighed.
        async Task<long> SizeAsync(RedisKey key) =>
            (long?)await store.Redis.ExecuteAsync("MEMORY", cancellationToken, "USAGE", key, "SAMPLES", 0) ?? 0;
    }
}
