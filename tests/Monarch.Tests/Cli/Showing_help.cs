using Monarch.Hosting;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Showing_help
{
    [Theory]
    [InlineData(
        "",
        "demo ",
        "migrate <source> <target> ",
        "publish <source> <target> ",
        "status <id> ",
        "cancel <id> ",
        "pause <id> ",
        "resume <id> ",
        "retry <id> ",
        "serve ",
        "bridge ",
        "workers ",
        "usher ",
        "archive ",
        "logs ",
        "health ",
        "sandbox ",
        "--version ",
        "-?, -h, --help "
    )]
    [InlineData("demo", "--serve ", "--port <port> ")]
    [InlineData(
        "migrate",
        "<source> ",
        "<target> ",
        "--channel <channel> ",
        "--recreate ",
        "--no-labels ",
        "--no-milestones ",
        "--no-types ",
        "--keep-assignees ",
        "--assignees <file> ",
        "--keep-mentions ",
        "--comments ",
        "--update ",
        "--close-removed ",
        "--state <open|all> ",
        "--label <name> ",
        "--milestone <title> ",
        "--issues <numbers> ",
        "--since <date> ",
        "--wait ",
        "--dry-run ",
        "monarch migrate <source> <target>... [options]"
    )]
    [InlineData(
        "publish",
        "<source> ",
        "<target> ",
        "--channel <channel> ",
        "--recreate ",
        "--no-labels ",
        "--no-milestones ",
        "--no-types ",
        "--keep-assignees ",
        "--assignees <file> ",
        "--keep-mentions ",
        "--comments ",
        "--update ",
        "--close-removed ",
        "--state <open|all> ",
        "--label <name> ",
        "--milestone <title> ",
        "--issues <numbers> ",
        "--since <date> ",
        "--durable ",
        "monarch publish <source> <target>... [options]"
    )]
    [InlineData("status", "<id> ", "--url <url> ", "monarch status <id> [options]")]
    [InlineData("cancel", "<id> ", "--reason <reason> ", "--url <url> ", "monarch cancel <id> [options]")]
    [InlineData("pause", "<id> ", "--reason <reason> ", "--url <url> ", "monarch pause <id> [options]")]
    [InlineData("resume", "<id> ", "--reason <reason> ", "--url <url> ", "monarch resume <id> [options]")]
    [InlineData("retry", "<id> ", "--reason <reason> ", "--url <url> ", "monarch retry <id> [options]")]
    [InlineData("serve", "monarch serve [options]")]
    [InlineData("bridge", "monarch bridge [options]")]
    [InlineData("workers", "monarch workers [options]")]
    [InlineData(
        "usher",
        "--demo ",
        "--url <url> ",
        "list ",
        "show <server> ",
        "commands ",
        "deploy <server> ",
        "hold <server> ",
        "resume <server> ",
        "cancel <server> ",
        "drop <server> ",
        "monarch usher [command] [options]"
    )]
    [InlineData(
        "usher hold",
        "<server> ",
        "--reason <reason> ",
        "--actor <actor> ",
        "--minutes <minutes> ",
        "--until <until> ",
        "--url <url> "
    )]
    [InlineData("usher drop", "<server> ", "--reason <reason> ", "--actor <actor> ", "--issue <issue> ", "--url <url> ")]
    [InlineData("archive", "verify <folder> ", "list <folder> ")]
    [InlineData("archive verify", "<folder> ", "monarch archive verify <folder> [options]")]
    [InlineData(
        "archive list",
        "<folder> ",
        "--key <key> ",
        "--since <since> ",
        "--until <until> ",
        "monarch archive list [<folder>] [options]"
    )]
    [InlineData(
        "logs",
        "--follow ",
        "--level <level> ",
        "--service <service> ",
        "--migration <migration> ",
        "--repository <repository> ",
        "--trace <trace> ",
        "--text <text> ",
        "--since <since> ",
        "--until <until> ",
        "--limit <limit> ",
        "--json ",
        "--url <url> ",
        "monarch logs [options]"
    )]
    [InlineData("health", "--url <url> ", "monarch health [options]")]
    [InlineData(
        "sandbox",
        "--url <url> ",
        "--source <source> ",
        "--issues <issues> ",
        "--pull-requests <pull-requests> ",
        "--golden ",
        "--target <target> ",
        "--latency <latency> ",
        "--limits ",
        "--minute <minute> ",
        "--hour <hour> "
    )]
    public async Task Should_list_every_command_argument_and_option_with_its_purpose(string command, params string[] entries)
    {
        var help = await CliRun.OfAsync($"{command} --help");

        help.ExitCode.ShouldBe(0);
        foreach (var entry in entries)
        {
            var line = help
                .Lines.FirstOrDefault(line => line.TrimStart().StartsWith(entry, StringComparison.Ordinal))
                .ShouldNotBeNull(entry);
            (line.Trim().Length > entry.Length || entry.EndsWith(']')).ShouldBeTrue($"{entry} is not described");
        }

        // Nothing that this test does not know of.
        var options = help.Lines.Count(line => line.TrimStart().StartsWith("--", StringComparison.Ordinal));
        options.ShouldBe(entries.Count(entry => entry.StartsWith("--", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", "Required command was not provided.")]
    [InlineData("migarte a/b c/d", "Unrecognized command or argument 'migarte'.")]
    [InlineData("migrate a/b", "Required argument 'target' missing for command: 'migrate'.")]
    [InlineData("publish", "Required argument 'source' missing for command: 'publish'.")]
    [InlineData("demo --port many", "Cannot parse argument 'many'")]
    [InlineData("migrate a/b --unordered", "Required argument 'target' missing for command: 'migrate'.")]
    [InlineData("sandbox --speed 9", "Unrecognized command or argument '--speed'.")]
    public async Task Should_name_the_fault_of_a_command_line(string command, string fault)
    {
        var run = await CliRun.OfAsync(command);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Output.ShouldContain(fault);
        run.Output.ShouldContain("Usage:");
    }
}
