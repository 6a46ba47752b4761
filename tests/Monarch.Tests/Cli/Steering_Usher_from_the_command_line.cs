using System.Net.Http.Json;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Steering_Usher_from_the_command_line : IAsyncLifetime
{
    readonly int _port = FreePort.Next();
    readonly HttpClient _http = new();
    MonarchProcess _usher = null!;

    string Url => $"http://127.0.0.1:{_port}";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _usher = await MonarchProcess.StartAsync(
            ["usher"],
            new Dictionary<string, string>
            {
                ["USHER_PROJECTS"] = "ABC",
                ["USHER_QUIET"] = "0",
                ["USHER_PORT"] = $"{_port}",
                ["PROMETHEUS_PORT"] = $"{FreePort.Next()}",
            }
        );
        await _usher.WaitForOutputAsync("Usher on");
    }

    public async ValueTask DisposeAsync()
    {
        await _usher.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task Should_list_prepare_hold_and_drop()
    {
        (await RunAsync("list")).Output.ShouldContain("No issue was moved to any server yet.");
        await _http.PostAsJsonAsync($"{Url}/messages/", new { issue_id = "ABC-12", status = "test" }, Token);

        var command = "";
        await Until.TrueAsync(
            async () => (command = (await RunAsync("commands")).Output.Trim()).Length > 0,
            "a command is prepared",
            state: () => _usher.Output
        );
        command.ShouldEndWith(" python -m wwts.devops.deploy test.abc.wwts.com ABC-12");
        (await RunAsync("list")).Output.ShouldContain("test.abc.wwts.com │ Prepared │ ABC-12");

        (await RunAsync("hold beta.abc.wwts.com --minutes 30 --reason demo --actor ann")).Output.ShouldContain("Held by ann until ");
        (await RunAsync("resume beta.abc.wwts.com")).ExitCode.ShouldBe(0);
        (await RunAsync("drop test.abc.wwts.com --issue abc-12 --actor ben")).ExitCode.ShouldBe(0);
        var shown = (await RunAsync("show test.abc.wwts.com")).Output;
        shown.ShouldContain("│ Drop    │ ben");
    }

    [Fact]
    public async Task Should_report_why_a_command_is_refused()
    {
        var refused = await RunAsync("cancel test.abc.wwts.com");
        (refused.ExitCode, refused.Output.Trim()).ShouldBe((64, "monarch: The command is refused. Monarch runs no deployment of it."));

        (await RunAsync("show nowhere.example.org")).ExitCode.ShouldBe(64);
        var unreached = await CliRun.OfAsync($"usher list --url http://127.0.0.1:{FreePort.Next()}");
        unreached.ExitCode.ShouldBe(69);
        unreached.Output.ShouldContain("Usher does not answer at");
    }

    [Fact]
    public async Task Should_show_itself_without_a_server_or_a_setting()
    {
        var demo = await CliRun.OfAsync("usher --demo");

        demo.ExitCode.ShouldBe(0, demo.Output);
        demo.Output.ShouldContain("deploying beta.abc.example.org ABC-111 ABC-113");
        demo.Lines.Count(line => line.Contains("beta.abc.example.org: Deploying", StringComparison.Ordinal)).ShouldBe(1, demo.Output);
    }

    [Fact]
    public async Task Should_refuse_to_start_without_projects()
    {
        var refused = await CliRun.OfAsync("usher");

        (refused.ExitCode, refused.Output.Trim()).ShouldBe(
            (
                78,
                "monarch: USHER_PROJECTS is not set, but usher deploys the issues of projects. Set it to the keys of the tracker's projects, such as ABC,XYZ, or USHER_PROJECTS_FILE to a file with one a line."
            )
        );
    }

    Task<CliRun> RunAsync(string command) => CliRun.OfAsync($"usher {command} --url {Url}");
}
