using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Bus.Queues;
using Monarch.Testing;
using RabbitMQ.Client;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Bus;

public sealed class Measuring_queues(Servers servers)
{
    readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Should_use_the_management_API_and_name_only_its_own_queues()
    {
        var broker = await servers.RabbitMqAsync();
        await FillAsync(broker, ("create-issues", 2), ("create-issues_error", 1), ("of-another-program", 3), ("of-a-third", 4));
        await using var passive = Passive(broker);

        (await ShownAsync(broker, (await servers.RabbitMqManagementAsync()).Port, passive)).ShouldBe([
            "(other) ready 7",
            "(other) unacknowledged 0",
            "create-issues ready 2",
            "create-issues unacknowledged 0",
            "create-issues_error ready 1",
            "create-issues_error unacknowledged 0",
        ]);
    }

    [Fact]
    public async Task Should_use_AMQP_without_the_API_and_find_an_error_queue_in_ten_minutes()
    {
        var broker = await servers.RabbitMqAsync();
        await FillAsync(broker, ("create-issues", 2), ("of-another-program", 3));
        await using var passive = Passive(broker);
        (await ShownAsync(broker, FreePort.Next(), passive)).ShouldBe(["create-issues ready 2"]);

        await FillAsync(broker, ("create-issues_error", 1));
        (await ShownAsync(broker, FreePort.Next(), passive)).ShouldBe(["create-issues ready 2"]);
        _time.Advance(TimeSpan.FromMinutes(10));
        (await ShownAsync(broker, FreePort.Next(), passive)).ShouldBe(["create-issues ready 2", "create-issues_error ready 1"]);
    }

    [Fact]
    public async Task Should_find_a_queue_that_another_process_declares_later()
    {
        var broker = await servers.RabbitMqAsync();
        await using var passive = Passive(broker);
        (await ShownAsync(broker, FreePort.Next(), passive)).ShouldBeEmpty();

        await FillAsync(broker, ("archive", 1));
        _time.Advance(TimeSpan.FromSeconds(15));
        (await ShownAsync(broker, FreePort.Next(), passive)).ShouldBe(["archive ready 1"]);

        // The delay for queues that are still missing doubles each time.
        await FillAsync(broker, ("archive_error", 1));
        _time.Advance(TimeSpan.FromSeconds(29));
        (await ShownAsync(broker, FreePort.Next(), passive)).ShouldBe(["archive ready 1"]);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await ShownAsync(broker, FreePort.Next(), passive)).ShouldBe(["archive ready 1", "archive_error ready 1"]);
    }

    PassiveQueues Passive(Uri broker) => new(Options.Create(new RabbitMqOptions { Url = $"{broker}" }), Names(), HostRole.Bridge, _time);

    async Task<List<string>> ShownAsync(Uri broker, int managementPort, PassiveQueues passive)
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var http = new HttpClient();
        var options = Options.Create(new RabbitMqOptions { Url = $"{broker}", ManagementPort = managementPort });
        await new QueueFigures(new ManagementQueues(http, options, _time), passive, Names(), meters).ReadAsync(Token);
        using var messages = new MetricCollector<long>(meters, "Monarch", "monarch.queue.messages");
        messages.RecordObservableInstruments();
        return
        [
            .. messages
                .GetMeasurementSnapshot()
                .Select(x => $"{x.Tags["queue"]} {x.Tags["state"]} {x.Value}")
                .Order(StringComparer.Ordinal),
        ];
    }

    static QueueNames Names() => new(new ConfigurationBuilder().Build());

    static async Task FillAsync(Uri broker, params (string Queue, int Messages)[] queues)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            Token
        );
        foreach (var (queue, messages) in queues)
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);
            for (var message = 0; message < messages; message++)
            {
                await channel.BasicPublishAsync("", queue, Encoding.UTF8.GetBytes("{}"), Token);
            }
        }
    }
}
