using Monarch.Redis.Connection;
using Monarch.Testing;
using Monarch.Tests.Bridge.Deployments;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Bridge;

public sealed class Keeping_the_moves_in_Redis(Servers servers) : IAsyncLifetime
{
    RedisDatabase _database = null!;
    RedisConnection _redis = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await servers.RedisAsync();
        _redis = _database.Connect();
    }

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task Should_serve_what_other_programs_write_with_the_time_of_the_entry()
    {
        await using var host = await HostAsync();
        var id = (string)(await _redis.ExecuteAsync("XADD", Token, "monarch:moves", "*", "issue", "ABC-7", "status", "beta"))!;
        await _redis.ExecuteAsync("PUBLISH", Token, "monarch:moves", "");

        await host.SavedAsync();

        var move = host.Saga.Received.ShouldHaveSingleItem().Moves.ShouldHaveSingleItem();
        (move.Number, move.IntakeId, move.MovedAt).ShouldBe(
            (7, id, DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(id.Split('-')[0], null)))
        );
        ((long)await _redis.ExecuteAsync("XLEN", Token, "monarch:moves")).ShouldBe(0);
        ((long)await _redis.ExecuteAsync("HLEN", Token, "monarch:usher:servers")).ShouldBe(1);
    }

    [Fact]
    public async Task Should_keep_a_move_whose_Bridge_died_and_serve_it_by_the_next()
    {
        await using (var dying = await HostAsync())
        {
            dying.Saga.Saves = false;
            (await dying.SendAsync("POST", "/messages/", """{"issue_id": "ABC-7", "status": "beta"}""")).Status.ShouldBe(201);
            await Until.TrueAsync(() => dying.Saga.Received.Count > 0, "it is sent");
        }

        await using var next = await HostAsync();
        (await next.SendAsync("GET", "/messages/")).Body.GetArrayLength().ShouldBe(1);
        await next.SavedAsync();

        next.Saga.Received[0].Moves.ShouldHaveSingleItem().Number.ShouldBe(7);
        (await next.SendAsync("GET", "/messages/")).Body.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Should_recognise_a_delivery_that_another_Bridge_received()
    {
        await using var one = await HostAsync();
        await using var other = await HostAsync();
        const string Moved =
            """{"webhookEvent": "jira:issue_updated", "issue": {"key": "ABC-7"}, "changelog": {"items": [{"field": "status", "toString": "Beta"}]}}""";

        (await DeliverAsync(one, Moved)).ShouldContain("queued");
        (await DeliverAsync(other, Moved)).ShouldContain("duplicate");

        ((long)await _redis.ExecuteAsync("PTTL", Token, "monarch:moves:once:jira:delivery-1")).ShouldBeInRange(86_000_000, 86_400_000);
    }

    [Fact]
    public async Task Should_answer_503_during_a_Redis_outage_and_recover()
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = await UsherHost.StartAsync([
            .. RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "1").Settings.Select(setting => (setting.Key, setting.Value)),
        ]);
        await server.KillAsync();

        const string Good = """{"issue_id": "ABC-7", "status": "beta"}""";
        const string Moved =
            """{"webhookEvent": "jira:issue_updated", "issue": {"key": "ABC-7"}, "changelog": {"items": [{"field": "status", "toString": "Beta"}]}}""";
        (await host.SendAsync("POST", "/messages/", Good)).Status.ShouldBe(503);
        (await host.SendAsync("POST", "/trackers/jira", Moved)).Status.ShouldBe(503);
        (await host.SendAsync("GET", "/messages/")).Status.ShouldBe(503);
        (await host.SendAsync("DELETE", "/messages/")).Status.ShouldBe(503);
        (await host.SendAsync("GET", "/servers")).Status.ShouldBe(503);
        (await host.SendAsync("POST", "/servers/beta.abc.wwts.com/hold")).Status.ShouldBe(503);
        await Until.TrueAsync(async () => (await host.SendAsync("GET", "/health")).Status == 503, "the host is not ready");

        await server.RestartAsync();
        await Until.TrueAsync(async () => (await host.SendAsync("POST", "/messages/", Good)).Status == 201, "moves are accepted again");
        await host.SavedAsync();
        await Until.TrueAsync(
            async () => (await host.SendAsync("GET", "/health")).Body.GetProperty("status").GetString() == "ok",
            "the host is ready"
        );
    }

    static async Task<string> DeliverAsync(UsherHost host, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/trackers/jira") { Content = new StringContent(body) };
        request.Headers.Add("X-Atlassian-Webhook-Identifier", "delivery-1");
        using var answer = await host.Http.SendAsync(request, Token);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    Task<UsherHost> HostAsync(params (string, string)[] settings) =>
        UsherHost.StartAsync([
            .. _database.Settings.Select(setting => (setting.Key, setting.Value)),
            ("INTAKE_RESEND_AFTER", "0.5"),
            .. settings,
        ]);
}
