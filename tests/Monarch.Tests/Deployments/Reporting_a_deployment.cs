using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Monarch.Contracts.Deployments;
using Monarch.Redis.Outages;
using Monarch.Tests.Migrations;
using Monarch.Workers.Deployments.Running;
using Monarch.Workers.Deployments.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

public sealed class Reporting_a_deployment : IAsyncLifetime
{
    static readonly DeploymentEnded Result = new()
    {
        ServerId = Guid.NewGuid(),
        DeploymentId = Guid.NewGuid(),
        Issues = [],
        Outcome = DeploymentOutcome.Succeeded,
        EndedAt = FakeTime.Start,
        Output = [],
    };

    readonly FakeTimeProvider _time = FakeTime.New();
    readonly FakeLeases _leases = new();
    readonly BusRecord _record = new();
    ServiceProvider _services = null!;
    DeploymentReporter _reporter = null!;

    public async ValueTask InitializeAsync()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddMassTransit(bus =>
            {
                bus.DisableUsageTelemetry();
                bus.UsingInMemory();
            })
            .BuildServiceProvider();
        var bus = _services.GetRequiredService<IBusControl>();
        bus.ConnectPublishObserver(_record);
        await bus.StartAsync(TestContext.Current.CancellationToken);
        _reporter = new(
            _leases,
            bus,
            Options.Create(new DeploymentOptions { LeaseSeconds = 30 }),
            _time,
            NullLogger<DeploymentReporter>.Instance
        );
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task Should_record_it_and_then_publish_it()
    {
        _leases.OnEnd = () => _record.Sent.ShouldBeEmpty();
        await _reporter.ReportAsync(Result, CancellationToken.None);

        _leases.Ended.ShouldHaveSingleItem().ShouldBe(Result);
        _record.Sent.ShouldHaveSingleItem().ShouldBe(Result);
    }

    [Fact]
    public async Task Should_record_it_after_an_outage_of_Redis()
    {
        var calls = 0;
        _leases.OnEnd = () =>
        {
            if (++calls < 20)
            {
                throw new RedisUnavailableException("Redis is away.", null);
            }
        };
        await AdvanceUntilAsync(_reporter.ReportAsync(Result, CancellationToken.None));

        _leases.Ended.ShouldHaveSingleItem();
        _record.Sent.ShouldHaveSingleItem();
        (_time.GetUtcNow() - FakeTime.Start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(19));
    }

    [Fact]
    public async Task Should_publish_it_when_Redis_is_unavailable_for_three_leases()
    {
        _leases.OnEnd = () => throw new RedisUnavailableException("Redis is away.", null);
        await AdvanceUntilAsync(_reporter.ReportAsync(Result, CancellationToken.None));

        _record.Sent.ShouldHaveSingleItem().ShouldBe(Result);
        (_time.GetUtcNow() - FakeTime.Start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Should_give_up_when_the_host_has_to_stop()
    {
        using var giveUp = new CancellationTokenSource();
        _leases.OnEnd = () =>
        {
            giveUp.Cancel();
            throw new RedisUnavailableException("Redis is away.", null);
        };
        await _reporter.ReportAsync(Result, giveUp.Token);

        _record.Sent.ShouldBeEmpty();
    }

    Task<bool> AdvanceUntilAsync(Task task) =>
        _time.AdvanceUntilAsync(
            task.ContinueWith(x => x.IsCompletedSuccessfully, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default),
            TimeSpan.FromSeconds(1)
        );
}
