using System.Globalization;
using System.Text.RegularExpressions;
using Monarch.IntegrationTests.Journeys;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Health;

public sealed class Staying_idle
{
    [Fact]
    public async Task Should_send_few_commands_to_Redis_while_idle()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.StartAsync("serve");
        await fleet.CliAsync("CONFIG", "RESETSTAT");
        var since = TimeProvider.System.GetTimestamp();

        await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System, Token); // The test measures an idle period.

        // One a second (more on a busy machine), and some periodic ones.
        var statistics = await fleet.CliAsync("INFO", "commandstats");
        var most = 10 + (int)TimeProvider.System.GetElapsedTime(since).TotalSeconds;
        Regex
            .Matches(statistics, @"calls=(\d+)")
            .Sum(x => int.Parse(x.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .ShouldBeLessThanOrEqualTo(most, statistics);
    }
}
