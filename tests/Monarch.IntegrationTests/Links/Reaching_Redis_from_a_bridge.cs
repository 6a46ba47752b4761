using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Links;

public sealed class Reaching_Redis_from_a_bridge(BridgeToRedis link) : LinkTest(link), IClassFixture<BridgeToRedis>
{
    const string Channel = "C0BRIDGE";

    readonly BridgeToRedis _link = link;

    [Fact]
    public async Task Should_never_lose_an_accepted_request()
    {
        var teams = _link.SeedTeams("called");
        var message = Fleet.Message(teams, Channel);
        _link.Proxy.BlackHole(Flow.ToClient);
        (await _link.Fleet.RequestAsync(_link.Web, message, "a-key")).ShouldBeNull("503: it is unknown whether it was written");
        _link.Proxy.Heal();

        Guid? batch = null;
        await Until.TrueAsync(
            async () => (batch = await _link.Fleet.RequestAsync(_link.Web, message, "a-key")) is not null,
            "it is accepted"
        );
        _link.Proxy.Reset();
        await _link.ShouldHaveMigratedAsync(batch!.Value, teams, Channel);
    }

    [Fact]
    public async Task Should_never_lose_an_entry_of_the_stream()
    {
        var teams = _link.SeedTeams("written");
        await _link.NoticesAsync(() =>
        {
            _link.Proxy.Refuse();
            _link.Proxy.Cut();
        });
        await _link.Fleet.CliAsync("XADD", "monarch:intake", "*", "message", Fleet.Message(teams, Channel));
        _link.Proxy.Heal();
        await ShouldHaveMigratedAsync(teams);
    }

    [Fact]
    public async Task May_miss_publications_while_it_is_cut_off_and_receives_later_ones()
    {
        var teams = _link.SeedTeams("published");
        await _link.NoticesAsync(() =>
        {
            _link.Proxy.Refuse();
            _link.Proxy.Cut();
        });
        // Redis returns the number of subscribers that received it.
        (await PublishAsync(teams)).ShouldBe("0");
        _link.Proxy.Heal();

        await Until.TrueAsync(async () => await PublishAsync(teams) == "1", "the Bridge receives it");
        await ShouldHaveMigratedAsync(teams);
    }

    Task<string> PublishAsync(IReadOnlyList<string> teams) => _link.Fleet.CliAsync("PUBLISH", Fleet.Channel, Fleet.Message(teams, Channel));

    async Task ShouldHaveMigratedAsync(IReadOnlyList<string> teams)
    {
        await Until.TrueAsync(
            () => _link.Fleet.Sandbox.Repository(teams[0]).Count > 0,
            "the migration has begun",
            state: () => _link.Fleet.Output
        );
        var newest = (await _link.Fleet.MigrationsAsync(_link.Web))[0];
        await _link.ShouldHaveMigratedAsync(newest.Id, teams, Channel);
    }
}
