using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Monarch.Hosting.Bus;
using Monarch.Redis.Outages;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Counting_recoveries_of_the_bus : IAsyncLifetime
{
    readonly ServiceProvider _services = new ServiceCollection()
        .AddMetrics()
        .AddMassTransit(bus => bus.UsingInMemory())
        .BuildServiceProvider();
    MetricCollector<long> _attempts = null!,
        _outcomes = null!;
    BusInstruments _instruments = null!;

    public ValueTask InitializeAsync()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        (_attempts, _outcomes) = (new(meters, "Monarch", "monarch.recovery.attempts"), new(meters, "Monarch", "monarch.recovery.outcomes"));
        _instruments = new(_services.GetRequiredService<IBusControl>(), meters, new RecoveryInstruments(meters));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _attempts.Dispose();
        _outcomes.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public void Should_not_count_the_first_connection_as_a_recovery()
    {
        _instruments.Update(false);
        _instruments.Update(false);
        _instruments.Update(true);

        Counted().ShouldBe((0, 0));
    }

    [Fact]
    public void Should_count_a_loss_and_its_recovery_once()
    {
        _instruments.Update(true);
        _instruments.Update(false);
        _instruments.Update(false);
        Counted().ShouldBe((1, 0));

        _instruments.Update(true);
        _instruments.Update(true);
        Counted().ShouldBe((1, 1));
    }

    (long Attempts, long Outcomes) Counted() =>
        (_attempts.GetMeasurementSnapshot().EvaluateAsCounter(), _outcomes.GetMeasurementSnapshot().EvaluateAsCounter());
}
