using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Monarch.Hosting.Processes;
using Monarch.Redis.Outages;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Watching_for_hangs : IDisposable
{
    readonly FakeTimeProvider _time = new();
    readonly FakeLogger<HangCheck> _log = new();
    readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    readonly List<Action> _queued = [];
    readonly LoopWatch _loops;
    readonly HangCheck _check;
    readonly MetricCollector<long> _hangs,
        _attempts,
        _outcomes;

    public Watching_for_hangs()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _loops = new(_time);
        (_hangs, _attempts, _outcomes) = (
            new(meters, "Monarch", "monarch.watchdog.hangs"),
            new(meters, "Monarch", "monarch.recovery.attempts"),
            new(meters, "Monarch", "monarch.recovery.outcomes")
        );
        _check = new(
            _loops,
            new(meters),
            new RecoveryInstruments(meters),
            Options.Create(new ProcessOptions { LongestHangSeconds = 60 }),
            _time,
            _log,
            _queued.Add
        );
    }

    [Fact]
    public void Should_report_nothing_while_the_pool_is_responsive()
    {
        for (var second = 0; second < 300; second++)
        {
            CheckNext().ShouldBeFalse();
            Work();
        }

        _log.Collector.Count.ShouldBe(0);
    }

    [Fact]
    public void Should_report_a_hang_once_and_end_the_process_at_the_limit()
    {
        CheckNext();
        CheckFor(14).ShouldBeFalse();
        _log.Collector.Count.ShouldBe(0);

        CheckFor(2).ShouldBeFalse();
        var report = _log.Collector.GetSnapshot().ShouldHaveSingleItem();
        report.Level.ShouldBe(LogLevel.Critical);
        report.Message.ShouldContain("work waits for a thread of the pool for 15 seconds. Attempted: 64 more threads.");
        Counted(_hangs).ShouldBe(["thread_pool 1"]);

        CheckFor(43).ShouldBeFalse();
        CheckNext().ShouldBeTrue();
        _log.LatestRecord.Message.ShouldContain("exits with code 70");
        Counted(_attempts).ShouldBe(["process 1"]);
        Counted(_outcomes).ShouldBe(["process gave_up 1"]);
    }

    [Fact]
    public void Should_report_recovery_and_detect_the_next_hang()
    {
        CheckNext();
        CheckFor(20);
        Work();
        CheckNext();
        Counted(_outcomes).ShouldBe(["process recovered 1"]);
        _log.LatestRecord.Message.ShouldContain("has recovered");

        CheckFor(20);
        Counted(_hangs).ShouldBe(["thread_pool 2"]);
    }

    [Fact]
    public void Should_not_add_threads_at_every_hang()
    {
        foreach (var hang in Enumerable.Range(1, 3))
        {
            CheckNext();
            CheckFor(20);
            Counted(_hangs).ShouldBe([$"thread_pool {hang}"]);
            Work();
            CheckNext();
        }

        ThreadPool.GetMinThreads(out var threads, out _);
        threads.ShouldBe(HangCheck.MostThreads);
    }

    [Fact]
    public void Should_detect_a_stalled_loop_while_the_pool_is_responsive()
    {
        _loops.Beat("heartbeat", TimeSpan.FromSeconds(15));

        bool isOver = false;
        for (var second = 0; second < 74; second++)
        {
            isOver = CheckNext();
            Work();
        }

        isOver.ShouldBeFalse();
        _log.LatestRecord.Message.ShouldContain("the loop 'heartbeat' has stalled");
        Counted(_hangs).ShouldBe(["loop 1"]);
        Counted(_attempts).ShouldBeEmpty();
        CheckNext().ShouldBeTrue();
    }

    [Fact]
    public void Should_not_report_a_suspended_process()
    {
        _loops.Beat("heartbeat", TimeSpan.FromSeconds(15));
        CheckNext();
        _time.Advance(TimeSpan.FromHours(1));

        _check.Check().ShouldBeFalse();
        CheckFor(10).ShouldBeFalse();

        _log.Collector.Count.ShouldBe(0);
    }

    [Fact]
    public void Should_ignore_a_loop_that_has_ended()
    {
        _loops.Beat("heartbeat", TimeSpan.Zero);
        _loops.End("heartbeat");

        for (var second = 0; second < 100; second++)
        {
            CheckNext().ShouldBeFalse();
            Work();
        }
    }

    public void Dispose()
    {
        _hangs.Dispose();
        _attempts.Dispose();
        _outcomes.Dispose();
        _services.Dispose();
    }

    bool CheckFor(int seconds) => Enumerable.Range(0, seconds).Select(_ => CheckNext()).ToList().Contains(true);

    bool CheckNext()
    {
        _time.Advance(HangCheck.Interval);
        return _check.Check();
    }

    void Work()
    {
        _queued.ForEach(work => work());
        _queued.Clear();
    }

    static List<string> Counted(MetricCollector<long> counter) =>
        [
            .. counter
                .GetMeasurementSnapshot()
                .Where(x => x.Value > 0)
                .GroupBy(x => string.Join(' ', x.Tags.OrderBy(tag => tag.Key).Select(tag => tag.Value)))
                .Select(x => $"{x.Key} {x.Sum(y => y.Value)}"),
        ];
}
