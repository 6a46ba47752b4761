using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Monarch.Workers.Archive.Telemetry;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive;

public sealed class Recording_archive_metrics
{
    [Fact]
    public void Should_name_at_most_a_hundred_combinations_of_action_and_entity()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var instruments = new ArchiveInstruments(meters);
        using var events = new MetricCollector<long>(meters, "Monarch", "monarch.archive.events");

        foreach (var number in Enumerable.Range(0, 150))
        {
            instruments.RecordEvent("created", $"entity{number}");
        }

        instruments.RecordEvent("created", "entity7");
        instruments.RecordEvent("created", new string('a', 65));

        var counted = events.GetMeasurementSnapshot().CountBy(x => (x.Tags["action"], x.Tags["entity"])).ToDictionary();
        counted.Count.ShouldBe(101);
        counted[("created", "entity7")].ShouldBe(2);
        counted[("other", "other")].ShouldBe(51);
    }

    [Fact]
    public void Should_export_no_unknown_queue_length()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        long? waiting = null;
        new ArchiveInstruments(meters).ObserveQueue(() => waiting);
        using var queue = new MetricCollector<long>(meters, "Monarch", "monarch.archive.queue.messages");

        queue.RecordObservableInstruments();
        queue.LastMeasurement.ShouldBeNull();
        waiting = 3;
        queue.RecordObservableInstruments();
        queue.LastMeasurement.ShouldNotBeNull().Value.ShouldBe(3);
    }
}
