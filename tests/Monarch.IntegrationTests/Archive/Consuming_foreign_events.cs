using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monarch.Testing;
using Monarch.Workers.Archive.Consuming;
using RabbitMQ.Client;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Archive;

/// <summary>On a real broker, from a publisher without MassTransit.</summary>
public sealed class Consuming_foreign_events(Servers servers)
{
    const int Seed = 20241201;

    static readonly byte[] Event = """{ "action":"created", "entity":"expense","data":{"id":1} }"""u8.ToArray();

    static readonly byte[] Envelope = Encoding.UTF8.GetBytes(
        """{"messageId":"no guid","messageType":["urn:message:Monarch:Other"],"message":{"text":"inner"},"headers":{},"responseAddress":"nowhere"}"""
    );

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("text/plain; charset=\"utf")]
    [InlineData("application/vnd.masstransit+json")]
    [InlineData("no type at all")]
    public async Task Should_file_each_unchanged_for_every_content_type(string? contentType)
    {
        await using var archive = await ArchiveHost.CreateAsync(servers);
        await archive.StartAsync();

        var properties = new BasicProperties();
        if (contentType is not null)
        {
            properties.ContentType = contentType;
        }

        await archive.PublishAsync(Event, properties: properties);
        await archive.PublishAsync(Envelope, properties: properties);

        await archive.FiledAsync(2);
        archive.Files.Values.ShouldBe([Event, Envelope], ignoreOrder: true, comparer: ByContent);
        archive.Files.Keys.ShouldAllBe(name => name.EndsWith("_expense.created.json", StringComparison.Ordinal));
        (await archive.QueuesAsync()).Keys.ShouldBe(["archive"]);
    }

    [Theory]
    [InlineData(ExchangeType.Topic, "expense.*")]
    [InlineData(ExchangeType.Fanout, "expense.*")]
    [InlineData(ExchangeType.Direct, "expense.created")]
    [InlineData(ExchangeType.Headers, "expense.*")]
    public async Task Should_use_an_existing_exchange_unchanged(string type, string binding)
    {
        await using var archive = await ArchiveHost.CreateAsync(servers);
        await archive.Channel.ExchangeDeclareAsync(ArchiveHost.Exchange, type, durable: false, autoDelete: true, cancellationToken: Token);

        await archive.StartAsync(null, ("ARCHIVE_BINDING", binding));
        await archive.PublishAsync(Event);

        await archive.FiledAsync(1);
        // Neither the archive nor MassTransit has changed it.
        await archive.Channel.ExchangeDeclareAsync(ArchiveHost.Exchange, type, durable: false, autoDelete: true, cancellationToken: Token);
    }

    [Fact]
    public async Task Should_declare_a_missing_exchange_as_publishers_do()
    {
        await using var archive = await ArchiveHost.CreateAsync(servers);
        await archive.StartAsync(null, ("ARCHIVE_BINDING", "expense.*, report.#"), ("ARCHIVE_LIFECYCLE", "true"));

        await archive.Channel.ExchangeDeclareAsync(ArchiveHost.Exchange, ExchangeType.Topic, durable: true, cancellationToken: Token);
        await archive.Channel.ExchangeDeclareAsync("monarch_events", ExchangeType.Topic, durable: true, cancellationToken: Token);
        await archive.PublishAsync(Event);
        await archive.PublishAsync(Event, "report");
        await archive.PublishAsync(Event, "report.month.closed");
        await archive.PublishAsync(Event, "migration.completed", exchange: "monarch_events");

        await archive.FiledAsync(4);
    }

    [Fact]
    public async Task Should_not_touch_an_exchange_that_has_the_name_of_the_queue()
    {
        await using var archive = await ArchiveHost.CreateAsync(servers);
        await archive.Channel.ExchangeDeclareAsync("archive", ExchangeType.Topic, durable: false, cancellationToken: Token);

        await archive.StartAsync(null, ("RABBITMQ_EXCHANGE", "archive"));
        await archive.PublishAsync(Event, exchange: "archive");

        await archive.FiledAsync(1);
    }

    [Fact]
    public async Task Should_bind_again_to_a_recreated_exchange()
    {
        await using var archive = await ArchiveHost.CreateAsync(servers);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await archive.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(time));
        await archive.Channel.ExchangeDeleteAsync(ArchiveHost.Exchange, cancellationToken: Token);
        await archive.Channel.ExchangeDeclareAsync(ArchiveHost.Exchange, ExchangeType.Topic, durable: true, cancellationToken: Token);

        await Until.TrueAsync(
            async () =>
            {
                time.Advance(ArchiveQueueWatch.Interval);
                try
                {
                    await archive.PublishAsync(Event);
                    return true;
                }
                catch (RabbitMQ.Client.Exceptions.PublishException)
                {
                    // Mandatory, but it leads to no queue.
                    return false;
                }
            },
            "the exchange leads to the queue again"
        );

        await archive.FiledAsync(1);
    }

    [Fact]
    public async Task Should_give_each_process_a_temporary_queue()
    {
        await using var archive = await ArchiveHost.CreateAsync(servers);
        var first = await archive.StartAsync(null, ("ARCHIVE_QUEUE", "temporary"));
        await archive.StartAsync(null, ("ARCHIVE_QUEUE", "temporary"));
        (await archive.QueuesAsync()).Count.ShouldBe(2);

        await archive.PublishAsync(Event);
        await archive.FiledAsync(2);

        await first.StopAsync(Token);
        await Until.TrueAsync(async () => (await archive.QueuesAsync()).Count == 1, "the queue of the one that stops is deleted");
    }

    [Fact]
    public async Task Should_file_or_reject_messages_with_any_properties()
    {
        const int Messages = 3000;
        await using var archive = await ArchiveHost.CreateAsync(servers);
        await archive.StartAsync(null, ("ARCHIVE_BINDING", "#"));
        var random = new Random(Seed);

        for (var i = 0; i < Messages; i++)
        {
            var body = random.Next(4) switch
            {
                0 => Event,
                1 => Envelope,
                2 => "[1,2"u8.ToArray(),
                _ => HostileMessages.Bytes(random, 40),
            };
            await archive.PublishAsync(body, HostileMessages.Text(random, 60), HostileMessages.Properties(random));
        }

        // Not by the depth of the queue: what the broker's management reports can be some seconds old.
        await Until.TrueAsync(
            () => archive.Filed + archive.Rejected == Messages,
            "all are handled",
            state: () => $"{archive.Filed} and {archive.Rejected}"
        );
        archive.Rejected.ShouldBeGreaterThan(Messages / 8);
        (await archive.QueuesAsync()).Keys.ShouldBe(["archive"]);
    }

    [Fact]
    public async Task Should_return_unfiled_messages_when_it_stops()
    {
        const int Messages = 50;
        await using var archive = await ArchiveHost.CreateAsync(servers);
        var app = await archive.StartAsync(null, ("ARCHIVE_FREE_FLOOR", $"{1L << 50}"));
        for (var i = 0; i < Messages; i++)
        {
            await archive.PublishAsync(Event);
        }

        await app.StopAsync(Token);

        await Until.TrueAsync(async () => (await archive.QueuesAsync())["archive"] == Messages, "all are in the queue");
        (await archive.QueuesAsync()).Keys.ShouldBe(["archive"]);
        archive.Files.ShouldBeEmpty();
        await archive.StartAsync();
        await archive.FiledAsync(Messages);
    }

    [Fact]
    public async Task Should_continue_the_trace_of_the_publisher()
    {
        ConcurrentBag<Activity> activities = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Monarch",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var archive = await ArchiveHost.CreateAsync(servers);
        await archive.StartAsync();
        var trace = ActivityTraceId.CreateRandom();
        var span = ActivitySpanId.CreateRandom();
        const string Name = "archive archive";

        object?[] parents =
        [
            $"00-{trace}-{span}-01",
            Encoding.ASCII.GetBytes($"00-{trace}-{span}-01"),
            "00-zz",
            17,
            new List<object?> { "a" },
        ];
        foreach (var parent in parents)
        {
            await archive.PublishAsync(Event, properties: new() { Headers = new Dictionary<string, object?> { ["traceparent"] = parent } });
        }

        await archive.FiledAsync(parents.Length);
        await Until.TrueAsync(() => activities.Count(x => x.OperationName == Name && x.TraceId == trace) == 2, "both spans have ended");
        var spans = activities.Where(x => x.OperationName == Name && x.TraceId == trace).ToList();
        spans.ShouldAllBe(x => x.ParentSpanId == span && x.Kind == ActivityKind.Consumer);
    }

    static IEqualityComparer<byte[]> ByContent { get; } =
        EqualityComparer<byte[]>.Create((a, b) => a.AsSpan().SequenceEqual(b), x => x.Length);
}
