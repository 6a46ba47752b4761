using Monarch.Bridge.Api;
using Monarch.Cli.Display;
using Monarch.Hosting;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Printing_the_log
{
    static readonly LogView Line = new()
    {
        Id = "1",
        Time = new(2026, 11, 28, 14, 30, 5, 250, TimeSpan.Zero),
        Level = "Warning",
        Service = "workers",
        Source = "Monarch.Workers",
        Message = "red \u001b[31m\nnext\r\tback\u202e\u0085",
        Exception = "first\r\n  at \u0007second",
        Repositories = [],
        CutFrom = 20_000,
    };

    [Fact]
    public void Should_escape_what_could_move_the_cursor_or_change_colours()
    {
        using var output = new StringWriter();
        new LogPrinter(output, asJson: false).Write(Line);

        output
            .ToString()
            .Split(Environment.NewLine)
            .ShouldBe([
                @"2026-11-28 14:30:05.250 WRN workers Monarch.Workers: red \u001b[31m\nnext\r\tback\u202e\u0085 [cut]",
                "    first",
                @"      at \u0007second",
                "",
            ]);
    }

    [Fact]
    public void Should_write_one_JSON_object_a_line()
    {
        using var output = new StringWriter();
        new LogPrinter(output, asJson: true).Write(Line);

        output.ToString().ShouldStartWith("""{"id":"1","time":"2026-11-28T14:30:05.25+00:00","level":"Warning","service":"workers",""");
        output.ToString().TrimEnd().ShouldAllBe(sign => !char.IsControl(sign));
    }

    [Theory]
    [InlineData("logs --limit many", ExitCodes.Usage, "Cannot parse argument 'many'")]
    [InlineData("logs --url http://127.0.0.1:1", ExitCodes.Unavailable, "monarch: no Bridge answers at http://127.0.0.1:1/")]
    public async Task Should_name_the_fault(string command, int exitCode, string fault)
    {
        var run = await CliRun.OfAsync(command);

        run.ExitCode.ShouldBe(exitCode, run.Output);
        run.Output.ShouldContain(fault);
    }
}
