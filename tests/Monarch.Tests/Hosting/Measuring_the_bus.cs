using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Monarch.Contracts;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

/// <summary>Collects from the host's own meters: its <c>/metrics</c> would mix in those of other hosts in this process.</summary>
public sealed class Measuring_the_bus
{
    const string Published = "urn:message:Monarch.Tests.Hosting:Measuring_the_bus+CountMe";

    static readonly string[] Tags =
    [
        "messaging.system",
        "messaging.operation.name",
        "messaging.destination.name",
        "messaging.operation.type",
        "error.type",
    ];

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static WebApplicationBuilder Serve => TestHost.Builder(HostRole.Serve);

    [Fact]
    public async Task Should_count_and_time_what_is_sent_published_and_consumed()
    {
        await using var host = await TestHost.StartAsync(Serve, bus => bus.AddConsumer<CountedConsumer>());
        using var sent = Collect<long>(host, "messaging.client.sent.messages");
        using var sending = Collect<double>(host, "messaging.client.operation.duration");
        using var consumed = Collect<long>(host, "messaging.client.consumed.messages");
        using var processing = Collect<double>(host, "messaging.process.duration");
        var bus = host.Services.GetRequiredService<IBus>();
        var endpoint = await bus.GetSendEndpoint(EndpointNames.Address("counted"));

        await endpoint.Send(new CountMe(), Token);
        await bus.Publish(new CountMe(), Token);

        await Until.TrueAsync(() => processing.GetMeasurementSnapshot().Count == 2, "both are processed");
        Described(sent).ShouldBe([$"in_memory publish {Published}", "in_memory send counted"], ignoreOrder: true);
        Described(sending).ShouldBe([$"in_memory publish {Published} send", "in_memory send counted send"], ignoreOrder: true);
        Described(consumed).ShouldBe(["in_memory consume counted", "in_memory consume counted"]);
        Described(processing).ShouldBe(["in_memory process counted", "in_memory process counted"]);
        sent.GetMeasurementSnapshot().EvaluateAsCounter().ShouldBe(2);
        consumed.GetMeasurementSnapshot().EvaluateAsCounter().ShouldBe(2);
        processing.GetMeasurementSnapshot().ShouldAllBe(measurement => measurement.Value > 0);
    }

    [Fact]
    public async Task Should_record_a_failed_consumer_once_with_the_type_of_its_error()
    {
        await using var host = await TestHost.StartAsync(Serve, bus => bus.AddConsumer<FailingConsumer>());
        using var processing = Collect<double>(host, "messaging.process.duration");
        var endpoint = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(EndpointNames.Address("failing"));

        await endpoint.Send(new FailMe(), Token);

        await Until.TrueAsync(() => processing.LastMeasurement is not null, "the failure is recorded");
        // Messages in flight are finished first.
        await host.Services.GetRequiredService<IBusControl>().StopAsync(Token);
        Described(processing).ShouldBe(["in_memory process failing System.InvalidTimeZoneException"]);
    }

    [Fact]
    public async Task Should_record_an_unreadable_message_as_failed()
    {
        await using var host = await TestHost.StartAsync(Serve, bus => bus.AddConsumer<ReadingConsumer>());
        using var processing = Collect<double>(host, "messaging.process.duration");
        var endpoint = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(EndpointNames.Address("reading"));

        await endpoint.Send(new ReadMeWithoutTitle(), Token);

        await Until.TrueAsync(() => processing.LastMeasurement is not null, "the failure is recorded");
        Described(processing).ShouldHaveSingleItem().ShouldStartWith("in_memory process reading System.");
    }

    [Fact]
    public async Task Should_never_name_a_temporary_queue()
    {
        await using var host = await TestHost.StartAsync(Serve, bus => bus.AddConsumer<AskedConsumer>());
        using var sent = Collect<long>(host, "messaging.client.sent.messages");
        using var consumed = Collect<long>(host, "messaging.client.consumed.messages");
        var bus = host.Services.GetRequiredService<IBus>();
        var client = bus.CreateRequestClient<AskMe>(EndpointNames.Address("asked"), RequestTimeout.After(m: 1));

        await client.GetResponse<Answer>(new AskMe(), Token);

        await Until.TrueAsync(() => sent.GetMeasurementSnapshot().Count == 2, "question and answer are counted");
        Described(sent).ShouldBe(["in_memory send asked", "in_memory send (temporary)"], ignoreOrder: true);
        Described(consumed).ShouldBe(["in_memory consume asked", "in_memory consume (temporary)"], ignoreOrder: true);
    }

    static MetricCollector<T> Collect<T>(TestHost host, string instrument)
        where T : struct => new(host.Services.GetRequiredService<IMeterFactory>(), BusMetrics.MeterName, instrument);

    static IEnumerable<string> Described<T>(MetricCollector<T> collector)
        where T : struct =>
        collector
            .GetMeasurementSnapshot()
            .Select(measurement => string.Join(' ', Tags.Select(tag => measurement.Tags.GetValueOrDefault(tag)).OfType<string>()));

    public sealed record CountMe;

    public sealed record FailMe;

    public sealed record AskMe;

    public sealed record Answer;

    [MessageUrn("read-me")]
    public sealed record ReadMe
    {
        public required string Title { get; init; }
    }

    [MessageUrn("read-me")]
    public sealed record ReadMeWithoutTitle;

    sealed class CountedConsumer : IConsumer<CountMe>
    {
        public Task Consume(ConsumeContext<CountMe> context) => Task.CompletedTask;
    }

    sealed class FailingConsumer : IConsumer<FailMe>
    {
        public Task Consume(ConsumeContext<FailMe> context) => throw new InvalidTimeZoneException("as the test requires");
    }

    sealed class ReadingConsumer : IConsumer<ReadMe>
    {
        public Task Consume(ConsumeContext<ReadMe> context) => Task.CompletedTask;
    }

    sealed class AskedConsumer : IConsumer<AskMe>
    {
        public Task Consume(ConsumeContext<AskMe> context) => context.RespondAsync(new Answer());
    }
}
