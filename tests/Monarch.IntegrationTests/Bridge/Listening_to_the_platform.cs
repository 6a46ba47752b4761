using System.Text.Json;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using Monarch.Redis.Streams;
using Monarch.Testing;
using Monarch.Tests;
using Monarch.Tests.Bridge;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Bridge;

/// <summary>Publish and subscribe ignore database numbers: each test has its own Redis.</summary>
public sealed class Listening_to_the_platform : IAsyncLifetime
{
    const string Channel = "channel_migrate_issue_tickets";
    const string Rare =
        """{"source_repo": "nss-group-projects/cider-falls", "all_target_repositories": ["stevebrownlee/rare-test"], "notification_channel": "C06GHMZB3M3"}""";

    RedisServer _server = null!;
    RedisConnection _redis = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _redis = Patient.Connect();
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Should_accept_the_literal_message_as_one_migration()
    {
        await using var host = await BridgeAsync();

        (await _redis.PublishAsync(Channel, Rare, Token)).ShouldBe(1);
        await Until.TrueAsync(() => host.Saga.Received.Count > 0, "the saga has received the request");

        var request = host.Saga.Received[0].Request;
        (request.Source, request.NotificationChannel).ShouldBe(("nss-group-projects/cider-falls", "C06GHMZB3M3"));
        request.Targets.ShouldBe(["stevebrownlee/rare-test"]);
        (await host.Web.GetStringAsync($"/api/migrations/{request.BatchId}", Token)).ShouldContain("stevebrownlee/rare-test");
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("school, teams", 0)]
    public async Task Should_warn_once_when_any_owner_is_allowed(string owners, int warnings)
    {
        await using var host = await BridgeAsync(("MONARCH_ALLOWED_OWNERS", owners));
        await _redis.PublishAsync(Channel, "{}", Token);
        await Until.TrueAsync(() => host.Requests.Rejected == 1, "it listens");

        host.Log.Lines.Count(line => line.Contains("MONARCH_ALLOWED_OWNERS")).ShouldBe(warnings);
    }

    [Fact]
    public async Task Should_refuse_every_bad_message_and_serve_the_next_good_one()
    {
        await using var host = await BridgeAsync(("MONARCH_ALLOWED_OWNERS", BadMessages.AllowedOwners));
        host.Saga.Accepts = true;
        foreach (var bad in BadMessages.All)
        {
            await _redis.PublishAsync(Channel, bad.Payload, Token);
        }

        await _redis.PublishAsync(Channel, BadMessages.Good, Token);
        await Until.TrueAsync(
            () => host.Saga.Received.Count > 0,
            "the good request is served",
            state: () => string.Join('\n', host.Log.Lines)
        );

        host.Saga.Received.ShouldHaveSingleItem().Request.Source.ShouldBe("school/template");
        var kept = await new RedisRecords(_redis, "monarch:rejected", 1000).ReadNewestAsync(1000, Token);
        kept.Count.ShouldBe(BadMessages.All.Count);
        foreach (var (record, bad) in kept.Reverse().Zip(BadMessages.All))
        {
            record.Fields["origin"].ShouldBe($"channel {Channel}");
            record.Fields["reason"].Split('\n').Zip(bad.Faults).ShouldAllBe(pair => pair.First.Contains(pair.Second), bad.Name);
            record.Fields["reason"].Split('\n').Length.ShouldBe(bad.Faults.Length, bad.Name);
            record.Fields["payload"].Length.ShouldBeLessThanOrEqualTo(16_384);
        }

        var shown = JsonDocument
            .Parse(await host.Web.GetByteArrayAsync("/api/rejected?count=200", Token))
            .RootElement.GetProperty("rejected");
        shown.GetArrayLength().ShouldBe(BadMessages.All.Count);
        shown[0].GetProperty("faults")[0].GetString()!.ShouldContain(BadMessages.All[^1].Faults[0]);
        // The saga may receive the request before the listener has written its log line.
        await Until.TrueAsync(() => Accepted(host) == 1, "the request is accepted", state: () => string.Join('\n', host.Log.Lines));
        host.Requests.ShouldBe((1, BadMessages.All.Count));
    }

    [Fact]
    public async Task Should_never_log_what_was_sent()
    {
        await using var host = await BridgeAsync();
        foreach (
            var message in new[]
            {
                "xoxb-secret",
                "{\"xoxb-secret\"",
                "[\"xoxb-secret\"]",
                """{"source_repo": "xoxb-secret", "all_target_repositories": ["xoxb-secret", "https://xoxb-secret@github.com/a/b", "xoxb-secret/*"], "notification_channel": "\nxoxb-secret\n\n\u0000"}""",
                Rare.Replace("C06", "xoxb-secret", StringComparison.Ordinal),
            }
        )
        {
            await _redis.PublishAsync(Channel, message, Token);
        }

        await Until.TrueAsync(() => host.Saga.Received.Count > 0, "all are read");
        host.Log.Lines.Count(line => line.Contains("Refused a request from")).ShouldBe(4);
        host.Log.Lines.ShouldAllBe(line => !line.Contains("xoxb-secret"));
    }

    [Fact]
    public async Task Should_keep_about_the_latest_thousand_refusals()
    {
        await using var host = await BridgeAsync();
        await Task.WhenAll(Enumerable.Range(0, 2500).Select(n => _redis.PublishAsync(Channel, $"{n}", Token)));
        await _redis.PublishAsync(Channel, Rare, Token);
        await Until.TrueAsync(() => host.Saga.Received.Count > 0, "all are read");

        // Redis trims whole nodes of a stream.
        ((long)await _redis.ExecuteAsync("XLEN", Token, "monarch:rejected")).ShouldBeInRange(1000, 1200);
    }

    [Fact]
    public async Task Should_count_a_publication_once_when_two_Bridges_receive_it()
    {
        await using var one = await BridgeAsync();
        await using var other = await BridgeAsync();

        (await _redis.PublishAsync(Channel, Rare, Token)).ShouldBe(2);
        await _redis.PublishAsync(Channel, Rare.Replace("stevebrownlee", "SteveBrownlee", StringComparison.Ordinal), Token);
        await _redis.PublishAsync(Channel, Rare.Replace("rare-test", "next", StringComparison.Ordinal), Token);
        await Until.TrueAsync(() => Accepted(one) == 3 && Accepted(other) == 3, "both have received all three");
        await Until.TrueAsync(() => one.Saga.Batches.Concat(other.Saga.Batches).Distinct().Count() >= 2, "both batches are sent");

        one.Saga.Batches.Concat(other.Saga.Batches).Distinct().Count().ShouldBe(2);
        ((long)await _redis.ExecuteAsync("XLEN", Token, "monarch:intake")).ShouldBe(2);
        var list = JsonDocument.Parse(await other.Web.GetByteArrayAsync("/api/migrations", Token)).RootElement;
        list.GetProperty("migrations").GetArrayLength().ShouldBe(2);
        (await one.Web.GetStringAsync("/api/migrations", Token)).ShouldBe(list.ToString());
    }

    [Fact]
    public async Task Should_resubscribe_after_a_Redis_outage()
    {
        await using var host = await BridgeAsync(("VALKEY_TIMEOUT", "1"));
        await _server.RestartAsync();

        await Until.TrueAsync(async () => await TryPublishAsync() > 0, "the Bridge listens again");
        await Until.TrueAsync(() => host.Saga.Received.Count > 0, "the saga has received the request");
    }

    // A call that times out on a stalled machine would write a refusal twice, or lose publications.
    RedisDatabase Patient => RedisDatabase.Of(_server).With("VALKEY_TIMEOUT", "60");

    static int Accepted(BridgeHost host) => host.Log.Lines.Count(line => line.Contains("Accepted a request as migration"));

    async Task<long> TryPublishAsync()
    {
        try
        {
            return await _redis.PublishAsync(Channel, Rare, Token);
        }
        catch (RedisUnavailableException)
        {
            return 0;
        }
    }

    async Task<BridgeHost> BridgeAsync(params (string, string)[] settings)
    {
        var host = await BridgeHost.AloneAsync([.. Patient.Settings.Select(setting => (setting.Key, setting.Value)), .. settings]);
        await Until.TrueAsync(() => host.Log.Lines.Any(line => line.Contains("Listening to the Redis channel")), "the Bridge listens");
        return host;
    }
}
