using System.Text.Json;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Running_the_sandbox
{
    [Fact]
    public async Task Should_print_its_addresses_seed_repositories_and_stop_on_request()
    {
        await using var sandbox = await MonarchProcess.StartAsync([
            "sandbox",
            "--url",
            "http://127.0.0.1:0",
            "--source",
            "school/generated",
            "--golden",
            "--issues",
            "3",
            "--pull-requests",
            "2",
            "--target",
            "teams/one",
            "--target",
            "teams/two",
            "--limits",
            "--minute",
            "2",
            "--hour",
            "120",
        ]);
        await sandbox.WaitForOutputAsync("Everything that happens: ");
        await Until.TrueAsync(() => sandbox.Output.Contains("/admin/"), "the address is written");
        var admin = new Uri(
            sandbox
                .Output.Split('\n')
                .Single(line => line.StartsWith("Everything that happens: "))["Everything that happens: ".Length..]
                .Trim()
        );

        using var http = new HttpClient();
        var repositories = await http.GetStringAsync(new Uri(admin, "repositories"), TestContext.Current.CancellationToken);
        foreach (var name in new[] { "school/generated", "school/template", "other/library", "teams/one", "teams/two" })
        {
            repositories.ShouldContain($"\"{name}\"");
        }

        using var limits = JsonDocument.Parse(await http.GetStringAsync(new Uri(admin, "limits"), TestContext.Current.CancellationToken));
        (
            limits.RootElement.GetProperty("creationsPerMinute").GetInt32(),
            limits.RootElement.GetProperty("minuteSeconds").GetDouble()
        ).ShouldBe((80, 2));
        (await CliRun.OfAsync($"health --url {admin.GetLeftPart(UriPartial.Authority)}")).ExitCode.ShouldBe(0);

        sandbox.Terminate();
        (await sandbox.WaitForExitAsync()).ShouldBe(0, sandbox.Output);
    }

    [Theory]
    [InlineData("sandbox --url http://127.0.0.1:0 --source no-name")]
    [InlineData("sandbox --url here")]
    public async Task Should_report_why_it_cannot_start(string command)
    {
        var run = await CliRun.OfAsync(command);

        run.ExitCode.ShouldNotBe(0);
        run.Lines.ShouldHaveSingleItem().ShouldStartWith("monarch: the sandbox cannot start: ");
    }
}
