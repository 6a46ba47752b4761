using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Monarch.Testing;
using Monarch.Workers.Archive;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing;
using Monarch.Workers.Archive.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive;

/// <summary>An archive whose filing hangs, or fails unexpectedly.</summary>
public sealed class Detecting_that_filing_has_stopped : IDisposable
{
    readonly TemporaryDirectory _directory = new();
    readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _services.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Should_be_unhealthy_while_the_disk_does_not_answer()
    {
        using var time = new HangingTime();
        using var archive = await StartedArchive.StartAsync(_services, new() { Folder = _directory.Path }, time);
        (await HealthAsync(archive)).Status.ShouldBe(HealthStatus.Healthy);

        time.Hang();
        var filing = archive.FileAsync(Replica.Message("1", "{}"), Token);
        await time.Hangs;
        time.Advance(TimeSpan.FromSeconds(30));
        (await HealthAsync(archive)).Status.ShouldBe(HealthStatus.Healthy);
        time.Advance(TimeSpan.FromSeconds(1));
        var health = await HealthAsync(archive);

        health.Status.ShouldBe(HealthStatus.Unhealthy);
        health.Description.ShouldNotBeNull().ShouldContain("has not answered for 31 s");
        time.GoOn();
        (await filing).ShouldBe(FilingOutcome.Filed);
        await Until.TrueAsync(async () => (await HealthAsync(archive)).Status == HealthStatus.Healthy, "it is healthy again");
        await archive.StoppedAsync(Token);
    }

    [Fact]
    public async Task Should_continue_after_a_failure_outside_of_the_store()
    {
        var time = FakeTime.New();
        var options = new ArchiveOptions { Folder = _directory.Path };
        var log = new FailingLog(failures: 1);
        using var archive = await StartedArchive.StartAsync(_services, options, time, log);

        options.FreeFloor = long.MaxValue;
        var filing = archive.FileAsync(Replica.Message("1", "{}"), Token);
        await Should.ThrowAsync<OperationCanceledException>(time.AdvanceUntilAsync(filing, TimeSpan.FromSeconds(1)));

        options.FreeFloor = 0;
        var again = archive.FileAsync(Replica.Message("1", "{}"), Token);
        (await time.AdvanceUntilAsync(again, TimeSpan.FromSeconds(1))).ShouldBe(FilingOutcome.Filed);
        (await HealthAsync(archive)).Status.ShouldBe(HealthStatus.Healthy);
        await archive.StoppedAsync(Token);
    }

    [Fact]
    public async Task Should_be_unhealthy_when_filing_has_ended()
    {
        var options = new ArchiveOptions { Folder = _directory.Path };
        using var archive = await StartedArchive.StartAsync(_services, options, FakeTime.New(), new FailingLog(failures: 2));

        options.FreeFloor = long.MaxValue;
        await Should.ThrowAsync<OperationCanceledException>(archive.FileAsync(Replica.Message("1", "{}"), Token));

        await Until.TrueAsync(async () => (await HealthAsync(archive)).Status == HealthStatus.Unhealthy, "it is unhealthy");
        (await HealthAsync(archive)).Description.ShouldNotBeNull().ShouldContain("has ended");
    }

    static Task<HealthCheckResult> HealthAsync(EventArchive archive) => new ArchiveHealthCheck(archive).CheckHealthAsync(new(), Token);

    /// <summary>Blocks calls for the local time while it hangs; only file names need it.</summary>
    sealed class HangingTime() : FakeTimeProvider(FakeTime.Start), IDisposable
    {
        readonly ManualResetEventSlim _goesOn = new(initialState: true);
        readonly TaskCompletionSource _hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Hangs => _hangs.Task;

        public void Hang() => _goesOn.Reset();

        public void GoOn() => _goesOn.Set();

        public override TimeZoneInfo LocalTimeZone
        {
            get
            {
                if (!_goesOn.IsSet)
                {
                    _hangs.TrySetResult();
                    _goesOn.Wait();
                }

                return TimeZoneInfo.Utc;
            }
        }

        public void Dispose() => _goesOn.Dispose();
    }

    /// <summary>Fails to write errors for a while, as a log on a full disk.</summary>
    sealed class FailingLog(int failures) : ILogger<EventArchive>
    {
        int _left = failures;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (logLevel == LogLevel.Error && Interlocked.Decrement(ref _left) >= 0)
            {
                throw new IOException("The log cannot be written.");
            }
        }
    }
}
