using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Monarch.Hosting;
using Monarch.Hosting.Processes;
using Monarch.Hosting.Telemetry;
using Monarch.Redis.Outages;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Reading_shared_figures
{
    readonly FakeTimeProvider _time = new();
    readonly FakeLogger<SharedFiguresReader> _log = new();
    readonly Figures _figures = new(),
        _others = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_show_nothing_while_a_reading_hangs_and_read_again_after_it()
    {
        _others.Ended.SetResult();
        using var reader = Reader();
        await reader.StartAsync(Token);
        await Until.TrueAsync(() => _figures.Readings == 1, "it is read");

        await AdvanceAsync(() => _figures.Forgotten == 1, "it is given up");
        _log.LatestRecord.Message.ShouldContain("Figures cannot be read");
        await AdvanceAsync(() => _others.Readings > 2, "the others are read");

        _figures.Readings.ShouldBe(1, "one at a time");
        _figures.Ended.SetResult();
        await AdvanceAsync(() => _figures.Readings > 1, "it is read again");
    }

    [Fact]
    public async Task Should_not_fail_when_a_reading_fails_as_the_host_stops()
    {
        _figures.Ended.SetResult();
        _others.Ended.SetResult();
        using var reader = Reader();
        await reader.StartAsync(Token);
        await Until.TrueAsync(() => _figures.Readings == 1, "it is read");
        var stopped = Task.CompletedTask;
        _figures.BeforeReading = () =>
        {
            stopped = reader.StopAsync(Token);
            throw new RedisUnavailableException("Redis is away.", new TimeoutException());
        };

        await AdvanceAsync(() => reader.ExecuteTask!.IsCompleted, "it has ended");
        await stopped;

        reader.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue($"{reader.ExecuteTask.Exception}");
        _log.Collector.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("bridge", true)]
    [InlineData("serve", false)]
    [InlineData("usher", false)]
    public async Task Should_report_missing_workers_from_the_start(string name, bool expected)
    {
        await using var services = new ServiceCollection().AddMetrics().AddLogging().AddHealthChecks().Services.BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var role = ((HostRole[])[HostRole.Bridge, HostRole.Serve, HostRole.Usher]).Single(x => x.Name == name);
        var own = new ThisProcess(role, services.GetRequiredService<HealthCheckService>(), Options.Create(new ProcessOptions()), _time);
        var instruments = new ProcessInstruments(meters);
        var figures = new ProcessFigures(new(own, null, instruments, NullLogger<ProcessDirectory>.Instance), role, instruments, meters);

        await figures.ReadAsync(Token);

        using var processes = new MetricCollector<int>(meters, "Monarch", "monarch.processes");
        processes.RecordObservableInstruments();
        var shown = processes.GetMeasurementSnapshot().ToDictionary(x => $"{x.Tags["role"]} {x.Tags["state"]}", x => x.Value);
        shown[$"{name} ready"].ShouldBe(1);
        shown.ContainsKey("workers ready").ShouldBe(expected);
        shown.GetValueOrDefault("workers ready").ShouldBe(0);
    }

    SharedFiguresReader Reader() => new([_figures, _others], Options.Create(new ProcessOptions()), _time, _log);

    Task AdvanceAsync(Func<bool> condition, string what) =>
        Until.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return condition();
            },
            what
        );

    sealed class Figures : ISharedFigures
    {
        int _readings,
            _forgotten;

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Action? BeforeReading { get; set; }

        public int Readings => Volatile.Read(ref _readings);

        public int Forgotten => Volatile.Read(ref _forgotten);

        public Task ReadAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _readings);
            BeforeReading?.Invoke();
            return Ended.Task;
        }

        public void Forget() => Interlocked.Increment(ref _forgotten);
    }
}
