using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts.Migrations;
using Monarch.Testing;
using RabbitMQ.Client;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Archive;

/// <summary>For a consumer without MassTransit.</summary>
public sealed class Publishing_lifecycle_events(Servers servers)
{
    const string Exchange = "monarch_events";

    static readonly DateTimeOffset At = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Should_publish_plain_JSON_and_archive_it()
    {
        await using var archive = await ArchiveHost.CreateAsync(servers);
        var app = await archive.StartAsync(null, ("ARCHIVE_LIFECYCLE", "true"));
        var queue = await BindAsync(archive);

        await app.Services.GetRequiredService<IBus>().Publish(Completed(Guid.NewGuid()), Token);

        var received = await ReceiveAsync(archive, queue);
        received.RoutingKey.ShouldBe("repository.completed");
        received.BasicProperties.ContentType.ShouldBe("application/json");
        received.BasicProperties.AppId.ShouldBe("monarch");
        received.BasicProperties.Persistent.ShouldBeTrue();
        var json = JsonDocument.Parse(received.Body).RootElement;
        json.GetProperty("id").GetString().ShouldBe(received.BasicProperties.MessageId);
        (json.GetProperty("entity").GetString(), json.GetProperty("action").GetString()).ShouldBe(("repository", "completed"));
        json.GetProperty("data").GetProperty("repository").GetString().ShouldBe("school/team");
        await archive.FiledAsync(1);
        archive.Files.Single().Value.ShouldBe(received.Body.ToArray());
    }

    [Fact]
    public async Task Should_publish_a_redelivered_event_with_the_same_id_and_bytes()
    {
        await using var archive = await ArchiveHost.CreateAsync(servers);
        var app = await archive.StartAsync(null, ("ARCHIVE_LIFECYCLE", "true"));
        var queue = await BindAsync(archive);
        var batch = Ended(Guid.NewGuid());

        // Each of two processes publishes it.
        await archive.StartAsync(null, ("ARCHIVE_LIFECYCLE", "true"));
        for (var i = 0; i < 20; i++)
        {
            await app.Services.GetRequiredService<IBus>().Publish(batch, Token);
        }

        await Until.TrueAsync(async () => (await archive.QueuesAsync()).GetValueOrDefault("lifecycle") == 0, "all are handled");
        var first = await ReceiveAsync(archive, queue);
        first.RoutingKey.ShouldBe("migration.completed");
        while (await archive.Channel.BasicGetAsync(queue, autoAck: true, Token) is { } again)
        {
            again.BasicProperties.MessageId.ShouldBe(first.BasicProperties.MessageId);
            again.Body.ToArray().ShouldBe(first.Body.ToArray());
        }

        await archive.FiledAsync(1);
    }

    [Fact]
    public async Task Should_publish_after_its_channel_was_lost()
    {
        await using var archive = await ArchiveHost.CreateAsync(servers);
        var app = await archive.StartAsync(null, ("ARCHIVE_LIFECYCLE", "true"), ("ARCHIVE_QUEUE", "other"));
        await archive.Channel.QueueDeclareAsync("audit", durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);

        // The broker closes the channel of a publisher whose exchange does not exist.
        await archive.Channel.ExchangeDeleteAsync(Exchange, cancellationToken: Token);
        var id = Guid.NewGuid();
        await app.Services.GetRequiredService<IBus>().Publish(Completed(id), Token);

        // Declared again with the new channel, without bindings; later events arrive.
        await Until.TrueAsync(() => ExistsAsync(archive), "the exchange is declared again");
        await archive.Channel.QueueBindAsync("audit", Exchange, "#", cancellationToken: Token);
        await app.Services.GetRequiredService<IBus>().Publish(Completed(id), Token);
        (await ReceiveAsync(archive, "audit")).RoutingKey.ShouldBe("repository.completed");
        await Until.TrueAsync(async () => (await archive.QueuesAsync()).GetValueOrDefault("lifecycle") == 0, "nothing is left");
        (await archive.QueuesAsync()).Keys.ShouldNotContain("lifecycle_error");
    }

    static async Task<bool> ExistsAsync(ArchiveHost archive)
    {
        try
        {
            await archive.Channel.ExchangeDeclarePassiveAsync(Exchange, Token);
            return true;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            await archive.ReopenAsync();
            return false;
        }
    }

    static async Task<string> BindAsync(ArchiveHost archive)
    {
        var queue = (await archive.Channel.QueueDeclareAsync(cancellationToken: Token)).QueueName;
        await archive.Channel.QueueBindAsync(queue, Exchange, "#", cancellationToken: Token);
        return queue;
    }

    static Task<BasicGetResult> ReceiveAsync(ArchiveHost archive, string queue) =>
        Until.ValueAsync(() => archive.Channel.BasicGetAsync(queue, autoAck: true, Token), "an event is received");

    static RepositoryMigrationCompleted Completed(Guid id) =>
        new()
        {
            BatchId = id,
            RunId = id,
            RepositoryMigrationId = id,
            TargetRepositoryId = 1,
            TargetFullName = "school/team",
            Status = RepositoryStatus.Completed,
            Total = 3,
            Created = 3,
            AlreadyThere = 0,
            Rejected = 0,
        };

    static BatchProgressed Ended(Guid id) =>
        new()
        {
            BatchId = id,
            Version = 7,
            Status = BatchStatus.Completed,
            Source = "school/template",
            RequestedAt = At,
            EndedAt = At.AddMinutes(1),
            TargetCount = 0,
            TargetsEnded = 0,
            Targets = [],
        };
}
