using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Monarch.Hosting.Logging;
using Monarch.Hosting.Logging.Store;
using Monarch.Testing;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Logs;

/// <summary>The log of a process with a store, and its metrics.</summary>
sealed class StoredLog : IAsyncDisposable
{
    readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    readonly MetricCollector<long> _written,
        _dropped;
    readonly LogStoreOptions _options;
    readonly TimeProvider _time;
    readonly LogStoreSink _sink;

    StoredLog(RedisDatabase database, string service, TimeProvider? time, LogStoreOptions? options, LogBuffer? buffer, string[] secrets)
    {
        (_options, _time) = (options ?? new(), time ?? TimeProvider.System);
        Store = new(database.Connect(), _options.DayLines);
        var meters = _services.GetRequiredService<IMeterFactory>();
        (_written, _dropped) = (new(meters, "Monarch", "monarch.log.lines"), new(meters, "Monarch", "monarch.log.dropped"));
        _sink = LogStoreRegistration.Sink(Store, _options, new Redaction(secrets), new(meters), () => Reports, _time, buffer);
        Logger = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .Enrich.WithProperty("Service", service)
            .WriteToStore(_sink)
            .CreateLogger();
    }

    public Logger Logger { get; }

    public LogStore Store { get; }

    /// <summary>What the store logs about itself.</summary>
    public FakeLogger Reports { get; } = new();

    /// <summary>The number of lines in flight.</summary>
    public int Pending => _sink.Pending;

    public LogLossReason? Obstacle => _sink.Obstacle;

    public long Written => _written.GetMeasurementSnapshot().EvaluateAsCounter();

    public long Dropped => _dropped.GetMeasurementSnapshot().EvaluateAsCounter();

    public IReadOnlyList<string> Reasons =>
        [.. _dropped.GetMeasurementSnapshot().Select(measured => (string)measured.Tags["reason"]!).Distinct(StringComparer.Ordinal)];

    public static StoredLog On(
        RedisDatabase database,
        string service = "workers",
        TimeProvider? time = null,
        LogStoreOptions? options = null,
        LogBuffer? buffer = null,
        params string[] secrets
    ) => new(database, service, time, options, buffer, secrets);

    /// <summary>Logs a line with a given time, with the properties of the template.</summary>
    public void At(DateTimeOffset time, LogEventLevel level, string template, params object[] values)
    {
        Logger.BindMessageTemplate(template, values, out var parsed, out var properties);
        Logger.Write(new LogEvent(time, level, null, parsed ?? MessageTemplate.Empty, properties ?? []));
    }

    public Task UntilWrittenAsync(long lines) =>
        Until.TrueAsync(() => Written >= lines, $"{lines} lines are written", state: () => $"{Written}, {Dropped} dropped");

    /// <summary>Waits until this number of lines is written or dropped.</summary>
    public Task UntilCountedAsync(long lines) =>
        Until.TrueAsync(() => Written + Dropped == lines, "all are accounted for", state: () => $"{Written} written, {Dropped} dropped");

    /// <summary>Runs the clean-up, as each process does at intervals.</summary>
    public Task CleanUpAsync() => Retention(_options).RunAsync(Token);

    /// <summary>The clean-up with other settings than this log's.</summary>
    public LogRetention Retention(LogStoreOptions options) => new(Store.Redis, new(Store.Redis, options, _time), options, _time);

    /// <summary>Every line that a query matches, page by page.</summary>
    public async Task<IReadOnlyList<LogLine>> ReadAllAsync(LogQuery? query = null)
    {
        var lines = new List<LogLine>();
        LogCursor? next = null;
        while (true)
        {
            var page = await Store.ReadAsync((query ?? new() { Limit = LogQuery.MaxLimit }) with { Cursor = next }, Token);
            lines.AddRange(page.Lines);
            if (page.Next is null)
            {
                return lines;
            }

            next = page.Next;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Logger.DisposeAsync();
        await Store.DisposeAsync();
        await _services.DisposeAsync();
    }
}
