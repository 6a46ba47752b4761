using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monarch.Testing;
using Monarch.Workers.Archive.Consuming;
using RabbitMQ.Client;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Archive;

public sealed class Forwarding_events(Servers servers)
{
    const string Queue = "archive-forward";
    const string Refused = "archive-forward-refused";
    const string Secret = "a shared secret";

    static readonly byte[] Event = """{"amount":12.50}"""u8.ToArray();

    [Fact]
    public async Task Should_post_each_event_once_as_a_signed_CloudEvent_beside_its_file()
    {
        await using var receiver = await Receiver.StartAsync((_, _) => Task.CompletedTask);
        await using var archive = await ArchiveHost.CreateAsync(servers);
        await archive.StartAsync(null, ("ARCHIVE_FORWARD_URL", receiver.Url), ("ARCHIVE_FORWARD_SECRET", Secret));

        await archive.PublishAsync(Event, properties: new() { MessageId = "m-1" });

        await ForwardedAsync(archive, () => !receiver.Posts.IsEmpty);
        var post = receiver.Posts.ShouldHaveSingleItem();
        Encoding
            .UTF8.GetString(post.Body)
            .ShouldBe(
                """{"specversion":"1.0","id":"m-1","type":"expense.created","source":"expenses_exchange","datacontenttype":"application/json","data":{"amount":12.50}}"""
            );
        post.Headers["Content-Type"].ShouldBe("application/cloudevents+json; charset=utf-8");
        var signed = Encoding.UTF8.GetBytes($"{post.Headers["Monarch-Timestamp"]}.{Encoding.UTF8.GetString(post.Body)}");
        post.Headers["Monarch-Signature"]
            .ShouldBe($"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed))}");
        await archive.FiledAsync(1);
        (await archive.QueuesAsync()).Keys.ShouldBe(["archive", Queue, Refused], ignoreOrder: true);
    }

    [Fact]
    public async Task Should_bind_again_to_a_recreated_exchange()
    {
        await using var receiver = await Receiver.StartAsync((_, _) => Task.CompletedTask);
        await using var archive = await ArchiveHost.CreateAsync(servers);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await archive.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(time), ("ARCHIVE_FORWARD_URL", receiver.Url));
        await archive.Channel.ExchangeDeleteAsync(ArchiveHost.Exchange, cancellationToken: Token);
        await archive.Channel.ExchangeDeclareAsync(ArchiveHost.Exchange, ExchangeType.Topic, durable: true, cancellationToken: Token);

        await Until.TrueAsync(
            async () =>
            {
                time.Advance(ArchiveQueueWatch.Interval);
                // It may be unroutable; only arrivals count.
                await archive.Channel.BasicPublishAsync(ArchiveHost.Exchange, "expense.created", Event, Token);
                return !receiver.Posts.IsEmpty;
            },
            "the exchange leads to the queue again"
        );
    }

    [Theory]
    [InlineData(400)]
    [InlineData(410)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(422)]
    public async Task Should_move_refused_events_to_a_queue_with_the_reason(int status)
    {
        await using var receiver = await Receiver.StartAsync((_, context) => Answer(context, status));
        await using var archive = await ArchiveHost.CreateAsync(servers);
        await archive.StartAsync(null, ("ARCHIVE_FORWARD_URL", receiver.Url));

        await archive.PublishAsync(
            Event,
            properties: new()
            {
                MessageId = "m-1",
                ContentType = "text/x",
                Headers = new Dictionary<string, object?> { ["own"] = 7 },
            }
        );

        var refused = await Until.ValueAsync(() => archive.Channel.BasicGetAsync(Refused, autoAck: true, Token), "it is refused");
        refused.Body.ToArray().ShouldBe(Event);
        (refused.BasicProperties.MessageId, refused.BasicProperties.ContentType).ShouldBe(("m-1", "text/x"));
        refused.BasicProperties.Headers!["own"].ShouldBe(7);
        Header(refused, "monarch-refused").ShouldBe($"HTTP {status}");
        Header(refused, "monarch-exchange").ShouldBe(ArchiveHost.Exchange);
        Header(refused, "monarch-routing-key").ShouldBe("expense.created");
        await ForwardedAsync(archive, () => true);
        receiver.Posts.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Should_retry_until_the_receiver_accepts_it(int status)
    {
        Receiver? self = null;
        await using var receiver = self = await Receiver.StartAsync(
            (_, context) =>
            {
                context.Response.Headers.Location = "/elsewhere";
                return Answer(context, self!.Posts.Count < 2 ? status : 202);
            }
        );
        await using var archive = await ArchiveHost.CreateAsync(servers);
        await archive.StartAsync(null, ("ARCHIVE_FORWARD_URL", receiver.Url));

        await archive.PublishAsync(Event);

        await ForwardedAsync(archive, () => receiver.Posts.Count >= 2);
        receiver.Posts.Select(post => post.Path).ShouldBe(["/events", "/events"]);
        receiver.Posts.Select(Id).Distinct().ShouldHaveSingleItem();
        (await archive.QueuesAsync())[Refused].ShouldBe(0);
    }

    [Fact]
    public async Task Should_retry_after_a_timeout_and_a_lost_connection()
    {
        Receiver? self = null;
        await using var receiver = self = await Receiver.StartAsync(
            async (_, context) =>
            {
                if (self!.Posts.Count == 1)
                {
                    context.Abort();
                }
                else if (self.Posts.Count == 2)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)
                        .ContinueWith(_ => { }, TaskScheduler.Default);
                }
            }
        );
        await using var archive = await ArchiveHost.CreateAsync(servers);
        await archive.StartAsync(null, ("ARCHIVE_FORWARD_URL", receiver.Url), ("ARCHIVE_FORWARD_TIMEOUT", "0.5"));

        await archive.PublishAsync(Event);

        await ForwardedAsync(archive, () => receiver.Posts.Count >= 3);
        receiver.Posts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Should_file_while_the_receiver_is_unavailable_and_return_events_when_it_stops()
    {
        await using var archive = await ArchiveHost.CreateAsync(servers);
        var app = await archive.StartAsync(null, ("ARCHIVE_FORWARD_URL", $"http://127.0.0.1:{FreePort.Next()}/"));
        for (var i = 0; i < 50; i++)
        {
            await archive.PublishAsync(Event, properties: new() { MessageId = $"m-{i}" });
        }

        await archive.FiledAsync(50);
        await app.StopAsync(Token);
        await Until.TrueAsync(async () => (await archive.QueuesAsync()).GetValueOrDefault(Queue) == 50, "all are in the queue");

        var ids = new ConcurrentDictionary<string, int>();
        await using var receiver = await Receiver.StartAsync(
            (post, _) =>
            {
                ids.AddOrUpdate(Id(post), 1, (_, count) => count + 1);
                return Task.CompletedTask;
            }
        );
        await archive.StartAsync(null, ("ARCHIVE_FORWARD_URL", receiver.Url));

        await ForwardedAsync(archive, () => ids.Count == 50);
        ids.Count.ShouldBe(50);
        (await archive.QueuesAsync()).Keys.ShouldBe(["archive", Queue, Refused], ignoreOrder: true);
    }

    [Fact]
    public async Task Should_wait_as_long_as_the_receiver_requests()
    {
        Receiver? self = null;
        var times = new ConcurrentQueue<long>();
        await using var receiver = self = await Receiver.StartAsync(
            (_, context) =>
            {
                times.Enqueue(TimeProvider.System.GetTimestamp());
                context.Response.Headers.RetryAfter = "3";
                return Answer(context, self!.Posts.Count == 1 ? 503 : 200);
            }
        );
        await using var archive = await ArchiveHost.CreateAsync(servers);
        await archive.StartAsync(null, ("ARCHIVE_FORWARD_URL", receiver.Url));

        await archive.PublishAsync(Event);

        await ForwardedAsync(archive, () => receiver.Posts.Count >= 2);
        var posts = times.ToArray();
        posts.Length.ShouldBe(2);
        TimeProvider.System.GetElapsedTime(posts[0], posts[1]).ShouldBeGreaterThan(TimeSpan.FromSeconds(2.9));
    }

    static Task Answer(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    static string Id(Post post) => JsonDocument.Parse(post.Body).RootElement.GetProperty("id").GetString()!;

    static string Header(BasicGetResult message, string name) => Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers![name]!);

    // The broker's figures are half a second old: first waits for the expected state, then for an empty queue.
    static async Task ForwardedAsync(ArchiveHost archive, Func<bool> condition)
    {
        await Until.TrueAsync(condition, "it is forwarded");
        await Until.TrueAsync(async () => (await archive.QueuesAsync()).GetValueOrDefault(Queue, 1) == 0, "nothing is left");
    }
}
