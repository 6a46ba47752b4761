using Monarch.Hosting;
using Monarch.Testing;
using Monarch.Tests.Bridge;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Checking_readiness
{
    [Theory]
    [InlineData("PROMETHEUS_PORT={0}", "")]
    [InlineData("MONARCH_BIND=0.0.0.0", "--url http://127.0.0.1:{0}")] // As in a worker's container, which has no key.
    public async Task Should_exit_with_0_when_ready(string setting, string option)
    {
        await using var host = await BridgeHost.AloneAsync();
        var port = host.Web.BaseAddress!.Port;

        CliRun run = null!;
        await Until.TrueAsync(
            async () => (run = await CliRun.OfAsync($"health {Fill(option)}", Fill(setting))).ExitCode == 0,
            "the host is ready",
            state: () => run.Output
        );
        run.Output.ShouldContain("Healthy");

        string Fill(string text) => text.Replace("{0}", $"{port}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", ExitCodes.Unavailable, "nothing answers")]
    [InlineData("--url elsewhere", ExitCodes.Usage, "'elsewhere' is not the address of a host")]
    public async Task Should_report_why_it_is_not_ready(string option, int exitCode, string fault)
    {
        var run = await CliRun.OfAsync($"health {option}", $"PROMETHEUS_PORT={FreePort.Next()}");
        run.ExitCode.ShouldBe(exitCode);
        run.Lines.ShouldHaveSingleItem().ShouldStartWith($"monarch: {fault}");
    }
}
