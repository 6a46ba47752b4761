using System.Text.Json;
using System.Text.RegularExpressions;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed partial class Showing_the_demo
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_copy_a_template_into_six_teams_and_report_it()
    {
        var demo = await CliRun.OfAsync("demo");

        demo.ExitCode.ShouldBe(0, demo.Output);
        for (var team = 1; team <= 6; team++)
        {
            demo.Lines.ShouldContain(line => Regex.IsMatch(line, $@"cohort-71/team-{team}-cider-falls +│ done +│ +30 │ +30 │ +0 │ +0 │"));
        }

        demo.Output.ShouldMatch(@"All issues of nss-group-projects/cider-falls are in 6 repositories, 180 of them new in \d+\.\d s\.");
        demo.Output.ShouldMatch(@"updated \d+ times");
        demo.Output.ShouldContain("all 30 issues migrated to 6 repositories");

        // The message stands on one line, to be copied.
        var message = JsonDocument.Parse(demo.Lines.Single(line => line.StartsWith('{'))).RootElement;
        message.GetProperty("all_target_repositories").GetArrayLength().ShouldBe(6);
    }

    [Fact]
    public async Task Should_keep_the_API_running_until_it_is_stopped()
    {
        await using var demo = await MonarchProcess.StartAsync(["demo", "--serve"]);
        await demo.WaitForOutputAsync("The API is still running: ");
        await Until.TrueAsync(() => Address().IsMatch(demo.Output), "the address is written");
        var address = Address().Match(demo.Output).Groups[1].Value;

        using var http = new HttpClient();
        using var list = JsonDocument.Parse(await http.GetByteArrayAsync(address, Token));
        var batch = list.RootElement.GetProperty("migrations")[0];
        batch.GetProperty("status").GetString().ShouldBe("Completed");
        (await http.GetStringAsync(new Uri(new Uri(address), "/openapi/v1.json"), Token)).ShouldContain("/api/migrations");

        demo.Terminate();
        (await demo.WaitForExitAsync()).ShouldBe(0, demo.Output);
    }

    [Fact]
    public async Task Should_stop_during_the_migration_on_request()
    {
        await using var demo = await MonarchProcess.StartAsync(["demo"]);
        await demo.WaitForOutputAsync("team-1-cider-falls: queued");

        demo.Terminate();

        (await demo.WaitForExitAsync()).ShouldBe(1);
        demo.Output.ShouldContain("monarch: interrupted.");
    }

    [GeneratedRegex(@"The API is still running: (\S+) \(")]
    private static partial Regex Address();
}
