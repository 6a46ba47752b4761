using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Monarch.Workers.Deployments.Running.Output;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

public sealed class Keeping_the_tail_of_an_output : IDisposable
{
    static readonly Guid Deployment = Guid.Parse("00000000-0000-0000-0000-000000000001");

    readonly FakeLoggerProvider _log = new();
    readonly OutputTail _tail;

    public Keeping_the_tail_of_an_output() => _tail = new(_log.CreateLogger("test"), Deployment, "beta.abc.wwts.com");

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Should_split_lines_wherever_the_chunks_end()
    {
        foreach (var part in "one\ntwo\r\n\nthree")
        {
            Write($"{part}");
        }

        _tail.End(0);

        _tail.Lines().ShouldBe(["one", "two", "", "three"]);
    }

    [Fact]
    public void Should_not_mix_the_lines_of_both_streams()
    {
        Write("out", 0);
        Write("error\n", 1);
        Write("put\n", 0);

        _tail.Lines().ShouldBe(["error", "output"]);
    }

    [Fact]
    public void Should_log_each_line_with_its_deployment()
    {
        Write("hello\n");

        var record = _log.Collector.GetSnapshot().ShouldHaveSingleItem();
        record.Level.ShouldBe(LogLevel.Information);
        record.GetStructuredStateValue("DeploymentId").ShouldBe($"{Deployment}");
        record.GetStructuredStateValue("Server").ShouldBe("beta.abc.wwts.com");
        record.GetStructuredStateValue("Line").ShouldBe("hello");
    }

    [Fact]
    public void Should_log_five_thousand_lines_and_report_that_no_more_follow()
    {
        for (var number = 0; number < 6000; number++)
        {
            Write($"line {number}\n");
        }

        var lines = _log.Lines;
        lines.Count.ShouldBe(5001);
        lines[4999].ShouldEndWith("line 4999");
        lines[5000].ShouldEndWith("has written 5000 lines; further output is not logged");
        _tail.Lines()[^1].ShouldBe("line 5999");
    }

    [Fact]
    public void Should_keep_the_last_fifty_lines()
    {
        for (var number = 1; number <= 70; number++)
        {
            Write($"{number}\n");
        }

        _tail.Lines().ShouldBe(Enumerable.Range(21, 50).Select(number => $"{number}"));
    }

    [Fact]
    public void Should_keep_eight_kilobytes_at_most()
    {
        for (var number = 10; number < 40; number++)
        {
            Write($"{number}{new string('x', 998)}\n");
        }

        _tail.Lines().Select(line => line[..2]).ShouldBe(["32", "33", "34", "35", "36", "37", "38", "39"]);
    }

    [Fact]
    public void Should_truncate_an_endless_line_between_two_characters()
    {
        Write(new string('é', 999) + "a€" + new string('x', 5000) + "\nnext\n");

        _tail.Lines().ShouldBe([new string('é', 999) + "a…", "next"]);
    }

    [Theory]
    [InlineData(" 10%\r 20%\r100%\n", "100%")]
    [InlineData("done\r\r\n", "done")]
    [InlineData("a long one\rshort\n", "short")]
    public void Should_show_what_a_progress_bar_wrote_last(string written, string line)
    {
        Write(written);
        _tail.Lines().ShouldBe([line]);
    }

    [Theory]
    [InlineData("\e[31mred\e[0m and \e[1;32;40mgreen\e[m", "red and green")]
    [InlineData("\e]0;title\atext\e]8;;http://x\e\\link\e]8;;\e\\", "textlink")]
    [InlineData("\e(B\e=\e7\ecreset", "reset")]
    [InlineData("a\tb\0c\bd\ae\x7f", "a bcde")]
    [InlineData("\u202egnp.exe\u200b\u2028x\u0085y\u009b31mz", "gnp.exexyz")]
    [InlineData("\e", "")]
    public void Should_remove_terminal_sequences(string written, string line)
    {
        Write(written + "\n");
        _tail.Lines().ShouldBe([line]);
    }

    [Fact]
    public void Should_replace_what_is_not_UTF8()
    {
        _tail.Write(0, [(byte)'a', 0xFF, 0xC3, (byte)'b', 0xE2, 0x82, (byte)'\n']);
        _tail.Lines().ShouldBe(["a\uFFFD\uFFFDb\uFFFD"]);
    }

    [Theory]
    [InlineData("a line of output\n")]
    [InlineData("no end of line ")]
    [InlineData("\r")]
    [InlineData("\n")]
    public void Should_need_no_more_memory_for_more_output(string text)
    {
        var tail = new OutputTail(NullLogger.Instance, Deployment, "server");
        var chunk = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, 65536 / text.Length)));
        tail.Write(0, chunk);
        tail.Write(0, chunk);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 1600; count++)
        {
            tail.Write(0, chunk);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    void Write(string text, int stream = 0) => _tail.Write(stream, Encoding.UTF8.GetBytes(text));
}
