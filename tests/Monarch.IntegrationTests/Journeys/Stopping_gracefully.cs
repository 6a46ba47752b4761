using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Journeys;

public sealed class Stopping_gracefully(Servers servers)
{
    [Theory]
    [InlineData("workers")]
    [InlineData("serve")]
    public async Task Should_finish_the_current_issue_and_exit_with_0(string role)
    {
        await using var fleet = await Fleet.StartAsync(
            role == "serve" ? null : await servers.RabbitMqAsync(),
            issues: 40,
            latencyMilliseconds: 100
        );
        fleet.Settings["MIGRATION_STALL_AFTER"] = "3";
        var teams = fleet.SeedTeams(3);
        var web = role == "serve" ? null : (await fleet.StartAsync("bridge")).Web;
        var (process, own) = await fleet.StartAsync(role);
        await fleet.PublishAsync(Fleet.Message(teams));
        await Until.TrueAsync(() => fleet.Sandbox.Requests().Creations > 5, "some issues are created");

        process.Terminate();
        (await process.WaitForExitAsync()).ShouldBe(0, process.Output);

        // Nothing is unconfirmed: every answered post is in the ledger, and no intent is left.
        var left = await fleet.CliAsync(
            "--raw",
            "EVAL",
            "local n = 0 for _, k in ipairs(redis.call('KEYS', 'monarch:ledger:*')) do for _, v in ipairs(redis.call('HVALS', k)) do if string.match(v, '^[id]%d+:') then n = n + 1 end end end return n",
            "0"
        );
        left.ShouldBe("0");

        (_, own) = await fleet.StartAsync(role);
        (await fleet.EndedAsync(web ?? own!, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
    }
}
