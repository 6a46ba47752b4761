using Monarch.Hosting;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Starting_with_bad_settings
{
    [Theory]
    [InlineData(
        "serve",
        "WEB_PORT=abc MONARCH_BIND=nowhere INTAKE_RESEND_AFTER=0",
        "WEB_PORT is 'abc'",
        "MONARCH_BIND is 'nowhere'",
        "INTAKE_RESEND_AFTER is '0'",
        "GH_PAT is not set"
    )]
    [InlineData("bridge", "PROMETHEUS_PORT=70000", "PROMETHEUS_PORT is '70000'", "RABBITMQ_URL is not set", "VALKEY_HOST is not set")]
    [InlineData("workers", "RUN_SECONDS=-1 GH_PAT=token", "RUN_SECONDS is '-1'", "RABBITMQ_URL is not set", "VALKEY_HOST is not set")]
    [InlineData("migrate a/b c/d", "", "GH_PAT is not set")]
    [InlineData("serve", "VALKEY_URL=http://user:hunter2@host GH_PAT=token", "VALKEY_URL is not the URL of a Redis: its scheme is 'http'")]
    [InlineData(
        "serve",
        "VALKEY_HOST=a RABBITMQ_URL=amqp://user:hun%ter2@b GH_PAT=token",
        "RABBITMQ_URL is not the URL of a broker: its user or password contains an unescaped %"
    )]
    [InlineData("publish a/b c/d", "VALKEY_SENTINELS=a", "VALKEY_SERVICE is not set, but VALKEY_SENTINELS is 'a'")]
    [InlineData("publish a/b c/d", "", "VALKEY_HOST is not set")]
    [InlineData("publish a/b c/d", "VALKEY_HOST=127.0.0.1 VALKEY_PORT=99999 VALKEY_DB=-1", "VALKEY_PORT is 99999", "VALKEY_DB is -1")]
    public async Task Should_exit_with_78_and_a_line_for_each_fault(string command, string settings, params string[] faults)
    {
        var run = await CliRun.OfAsync(command, settings.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        run.ExitCode.ShouldBe(ExitCodes.Config);
        run.Lines.Count.ShouldBe(faults.Length, run.Output);
        run.Lines.ShouldAllBe(line => line.StartsWith("monarch: ") && line.EndsWith('.'));
        faults.ShouldAllBe(fault => run.Lines.Any(line => line.StartsWith($"monarch: {fault}")), run.Output);
    }

    [Fact]
    public async Task Should_name_an_invalid_number_of_publish()
    {
        var run = await CliRun.OfAsync("publish a/b c/d", "VALKEY_HOST=127.0.0.1", "VALKEY_PORT=abc");

        run.ExitCode.ShouldBe(ExitCodes.Config);
        run.Lines.ShouldHaveSingleItem().ShouldContain("'abc' at 'VALKEY_PORT'");
    }

    [Theory]
    [InlineData(
        "migrate school/template teams/../one -owner/x",
        "all_target_repositories[0] 'teams/../one'",
        "all_target_repositories[1] '-owner/x'"
    )]
    [InlineData("migrate https://gitlab.com/a/b c/d", "source_repo 'https://gitlab.com/a/b' is an address on 'gitlab.com'")]
    [InlineData("migrate a/b A/B", "all_target_repositories names the source itself")]
    public async Task Should_exit_with_64_and_the_fault_of_a_bad_name(string command, params string[] faults)
    {
        var run = await CliRun.OfAsync(command, "GH_PAT=token");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Lines.Count.ShouldBe(faults.Length, run.Output);
        faults.Zip(run.Lines).ShouldAllBe(pair => pair.Second.StartsWith($"monarch: {pair.First}"), run.Output);
    }
}
