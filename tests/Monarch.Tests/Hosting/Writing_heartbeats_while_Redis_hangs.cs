using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Monarch.Hosting;
using Monarch.Hosting.Processes;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Writing_heartbeats_while_Redis_hangs
{
    [Fact]
    public async Task Should_not_count_as_a_hang_before_the_call_times_out()
    {
        var time = new FakeTimeProvider();
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var redis = new RedisConnection(
            Options.Create(
                new RedisOptions
                {
                    Host = "127.0.0.1",
                    Port = ((IPEndPoint)silent.LocalEndpoint).Port,
                    TimeoutSeconds = 120,
                }
            ),
            time,
            NullLogger<RedisConnection>.Instance
        );
        var options = Options.Create(new ProcessOptions());
        var (instruments, loops, health) = (new ProcessInstruments(meters), new LoopWatch(time), new Health());
        var own = new ThisProcess(HostRole.Workers, health, options, time);
        var check = new HangCheck(
            loops,
            instruments,
            new RecoveryInstruments(meters),
            options,
            time,
            NullLogger<HangCheck>.Instance,
            work => work()
        );
        var directory = new ProcessDirectory(own, redis, instruments, NullLogger<ProcessDirectory>.Instance);
        using var heartbeat = new Heartbeat(own, directory, instruments, loops, options, time, NullLogger<Heartbeat>.Instance);

        await heartbeat.StartAsync(TestContext.Current.CancellationToken);
        await health.Asked.Task;

        for (var second = 0; second < 119; second++)
        {
            time.Advance(HangCheck.Interval);
            check.Check().ShouldBeFalse($"second {second}");
        }

        heartbeat.Dispose();
        silent.Stop();
        _ = redis.DisposeAsync().AsTask();
    }

    sealed class Health : HealthCheckService
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Task<HealthReport> CheckHealthAsync(
            Func<HealthCheckRegistration, bool>? predicate,
            CancellationToken cancellationToken = default
        )
        {
            Asked.TrySetResult();
            return Task.FromResult(new HealthReport(new Dictionary<string, HealthReportEntry>(), TimeSpan.Zero));
        }
    }
}
