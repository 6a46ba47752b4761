using System.Net;
using System.Text;
using System.Text.Json;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Connection;
using Monarch.Redis.Streams;
using Monarch.Testing;
using Monarch.Tests.Bridge;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Bridge;

/// <summary>XADD monarch:intake, for publishers that must not depend on a running listener.</summary>
public sealed class Writing_to_the_intake(Servers servers) : IAsyncLifetime
{
    static readonly (string, string) ResendSoon = ("INTAKE_RESEND_AFTER", "0.2");

    RedisDatabase _database = null!;
    RedisConnection _redis = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await servers.RedisAsync();
        _redis = _database.Connect();
    }

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task Should_derive_the_same_id_when_another_Bridge_reads_the_entry_again()
    {
        var id = await AddAsync("message", BadMessages.Good);
        MigrateIssues first;
        Guid? messageId;
        await using (var dying = await BridgeAsync(ResendSoon))
        {
            await Until.TrueAsync(() => dying.Saga.Received.Count > 0, "it is sent");
            (messageId, first) = dying.Saga.Received[0];
        }

        (await CountAsync()).ShouldBe(1, "the batch was never saved");
        await using var next = await BridgeAsync(ResendSoon);
        await Until.TrueAsync(() => next.Saga.Received.Count > 1, "it is sent again repeatedly");

        next.Saga.Received.ShouldAllBe(again =>
            again.MessageId == messageId && again.Request.BatchId == first.BatchId && again.Request.RequestedAt == first.RequestedAt
        );
        first.IntakeId.ShouldBe(id);
        first.RequestedAt.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(id.Split('-')[0], null)));
        next.Saga.Accepts = true;
        await Until.TrueAsync(async () => await CountAsync() == 0, "the entry has left the intake");
    }

    [Fact]
    public async Task Should_wait_for_a_Bridge()
    {
        await AddAsync("message", BadMessages.Good);
        await using var host = await BridgeAsync();
        host.Saga.Accepts = true;

        await Until.TrueAsync(async () => host.Saga.Batches.Count == 1 && await CountAsync() == 0, "it is sent and saved");
        (await host.Web.GetStringAsync($"/api/migrations/{host.Saga.Batches[0]}", Token)).ShouldContain("school/template");
    }

    [Fact]
    public async Task Should_refuse_every_bad_entry_and_serve_the_good_one_behind_them()
    {
        // A stream's field is read as text: the channel and HTTP refuse invalid UTF-8.
        var bad = BadMessages.All.Where(message => !message.Faults[0].Contains("not UTF-8")).ToList();
        await AddAsync("note", "no message");
        await AddAsync("message", "");
        foreach (var message in bad)
        {
            await _redis.ExecuteAsync("XADD", Token, "monarch:intake", "*", "message", message.Payload);
        }

        await AddAsync("message", BadMessages.Good);
        await using var host = await BridgeAsync(("MONARCH_ALLOWED_OWNERS", BadMessages.AllowedOwners));
        host.Saga.Accepts = true;
        await Until.TrueAsync(async () => await CountAsync() == 0, "the intake is empty");

        host.Saga.Received.Select(received => received.Request.Source).Distinct().ShouldBe(["school/template"]);
        var rejected = await new RedisRecords(_redis, "monarch:rejected", 1000).ReadNewestAsync(1000, Token);
        rejected.Count.ShouldBe(bad.Count + 2);
        rejected.ShouldAllBe(record => record.Fields["origin"] == "stream monarch:intake");
        rejected[^1].Fields["reason"].ShouldStartWith("The entry of monarch:intake has no field 'message'");
        rejected[^2].Fields["reason"].ShouldStartWith("The message is empty");
        rejected.Reverse().Skip(2).Zip(bad).ShouldAllBe(pair => pair.First.Fields["reason"].Contains(pair.Second.Faults[0]));
    }

    [Theory]
    [InlineData("18446744073709551614-0")]
    [InlineData("7-7")]
    public async Task Should_accept_an_entry_id_that_is_not_a_time(string id)
    {
        await _redis.ExecuteAsync("XADD", Token, "monarch:intake", id, "message", BadMessages.Good);
        await using var host = await BridgeAsync();
        host.Saga.Accepts = true;

        await Until.TrueAsync(async () => host.Saga.Received.Count > 0 && await CountAsync() == 0, "it is sent and saved");
        host.Saga.Batches.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_answer_503_during_a_Redis_outage_and_then_continue()
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = await BridgeHost.AloneAsync([
            .. RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "1").Settings.Select(setting => (setting.Key, setting.Value)),
        ]);
        await server.KillAsync();

        using var refused = await PostAsync(host);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        JsonDocument
            .Parse(await refused.Content.ReadAsStringAsync(Token))
            .RootElement.GetProperty("title")
            .GetString()
            .ShouldBe("Redis cannot be reached.");
        (await host.Web.GetAsync("/api/migrations", Token)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await server.RestartAsync();
        await Until.TrueAsync(
            async () =>
            {
                using var answer = await PostAsync(host);
                return answer.StatusCode == HttpStatusCode.Accepted;
            },
            "requests are accepted again"
        );
        await Until.TrueAsync(() => host.Saga.Received.Count > 0, "and sent");
    }

    static async Task<HttpResponseMessage> PostAsync(BridgeHost host)
    {
        using var content = new StringContent(BadMessages.Good, Encoding.UTF8, "application/json");
        return await host.Web.PostAsync("/api/migrations", content, Token);
    }

    Task<BridgeHost> BridgeAsync(params (string, string)[] settings) =>
        BridgeHost.AloneAsync([.. _database.Settings.Select(setting => (setting.Key, setting.Value)), .. settings]);

    async Task<string> AddAsync(string field, string value) =>
        (string)(await _redis.ExecuteAsync("XADD", Token, "monarch:intake", "*", field, value))!;

    async Task<long> CountAsync() => (long)await _redis.ExecuteAsync("XLEN", Token, "monarch:intake");
}
