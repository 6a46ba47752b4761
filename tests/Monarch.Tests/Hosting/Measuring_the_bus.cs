using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Hosting;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

/// <summary>Meters are heard in the whole process: each test has queues and messages of its own.</summary>
public sealed class Measuring_the_bus
{
    const string Published = "urn:message:Monarch.Tests.Hosting:Measuring_the_bus+CountMe";

    const string Sending = "messaging_operation_type=\"send\"";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_count_and_time_what_is_sent_published_and_consumed()
    {
        await using var host = await TestHost.StartAsync(Serve, bus => bus.AddConsumer<CountedConsumer>());
        var bus = host.Services.GetRequiredService<IBus>();
        var endpoint = await bus.GetSendEndpoint(EndpointNames.Address("counted"));

        await endpoint.Send(new CountMe(), Token);
        await endpoint.Send(new CountMe(), Token);
        await bus.Publish(new CountMe(), Token);

        await UntilAsync(host, "messaging_process_duration_seconds_count", 3, "process", "counted");
        await UntilAsync(host, "messaging_client_consumed_messages_total", 3, "consume", "counted");
        await UntilAsync(host, "messaging_client_sent_messages_total", 2, "send", "counted");
        await UntilAsync(host, "messaging_client_sent_messages_total", 1, "publish", Published);
        await UntilAsync(host, "messaging_client_operation_duration_seconds_count", 2, "send", "counted", Sending);
        await UntilAsync(host, "messaging_client_operation_duration_seconds_count", 1, "publish", Published, Sending);
        (await host.Metrics.GetStringAsync("/metrics", Token)).ShouldNotContain("messaging_masstransit");
    }

    [Fact]
    public async Task Should_record_a_failed_consumer_once_with_the_type_of_its_error()
    {
        await using var host = await TestHost.StartAsync(Serve, bus => bus.AddConsumer<FailingConsumer>());
        var endpoint = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(EndpointNames.Address("failing"));

        await endpoint.Send(new FailMe(), Token);

        await UntilAsync(host, "messaging_process_duration_seconds_count", 1, "process", "failing",
            "error_type=\"System.InvalidTimeZoneException\"");
        (await LinesAsync(host, "messaging_process_duration_seconds_count")).Count(line => line.Contains("\"failing\"")).ShouldBe(1);
    }

    [Fact]
    public async Task Should_record_a_message_that_cannot_be_read_as_failed()
    {
        await using var host = await TestHost.StartAsync(Serve, bus => bus.AddConsumer<ReadingConsumer>());
        var endpoint = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(EndpointNames.Address("reading"));

        await endpoint.Send(new ReadMeWithoutTitle(), Token);

        await Until.TrueAsync(
            async () => (await LinesAsync(host, "messaging_process_duration_seconds_count")).Any(IsFailedReading), "the failure is recorded");
    }

    [Fact]
    public async Task Should_never_name_a_temporary_queue()
    {
        await using var host = await TestHost.StartAsync(Serve, bus => bus.AddConsumer<AskedConsumer>());
        var bus = host.Services.GetRequiredService<IBus>();
        var client = bus.CreateRequestClient<AskMe>(EndpointNames.Address("asked"), RequestTimeout.After(m: 1));

        await client.GetResponse<Answer>(new AskMe(), Token);

        await Until.TrueAsync(
            async () => (await LinesAsync(host, "messaging_client_consumed_messages_total")).Any(line => line.Contains("\"(temporary)\"")),
            "the answer is counted");
        (await LinesAsync(host, "messaging_")).ShouldAllBe(line => !line.Contains("_bus_"));
    }

    static bool IsFailedReading(string line) => line.Contains("\"reading\"") && line.Contains("error_type=");

    static WebApplicationBuilder Serve => TestHost.Builder(HostRole.Serve);

    static Task UntilAsync(TestHost host, string name, int value, string operation, string destination, string more = "")
    {
        IReadOnlyList<string> lines = [];
        return Until.TrueAsync(async () => (lines = await LinesAsync(host, name)).Any(line =>
            line.Contains($"messaging_operation_name=\"{operation}\"") && line.Contains($"messaging_destination_name=\"{destination}\"")
            && line.Contains("messaging_system=\"in_memory\"")
            && line.Contains(more) && line.Contains("error_type=") == more.StartsWith("error_type=", StringComparison.Ordinal)
            && line.EndsWith($"}} {value}", StringComparison.Ordinal)),
        $"{name} of {destination} is {value}", state: () => string.Join('\n', lines));
    }

    static async Task<IReadOnlyList<string>> LinesAsync(TestHost host, string name) =>
        [.. (await host.Metrics.GetStringAsync("/metrics", Token)).Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal))];

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
        public Task Consume(ConsumeContext<FailMe> context) => throw new InvalidTimeZoneException("as the test wants it");
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
