using System.Buffers.Binary;
using System.Text;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Archive.Tracing;

/// <summary>The check of the order detects every fault, in constructed traces.</summary>
public sealed class Checking_the_order
{
    const string Temporary = ".tmp/p/e00ff+N.json";
    const string Content = $"/a/{Temporary}";

    static readonly string[] Correct =
    [
        """1 sendto(9<socket:[7]>, "AMQP\x00\x00\x09\x01", 8, 0, NULL, 0) = 8""",
        $$"""1 recvmsg(9<socket:[7]>, {msg_iov=[{iov_base="{{Hex(Deliver())}}", iov_len=4096}], msg_iovlen=1}, 0) = {{Deliver().Length}}""",
        $"""2 openat(5</a>, "{Temporary}", O_WRONLY|O_CREAT|O_EXCL|O_CLOEXEC, 0644) = 20<{Content}>""",
        $$$"""2 write(20<{{{Content}}}>, "{\"a\":1}", 7) = 7""",
        $"2 fsync(20<{Content}>) = 0",
        "2 fsync(21</a/.tmp/p>) = 0",
        """2 linkat(5</a>, ".tmp/p/token0", 5</a>, ".ids/00ff", 0) = 0""",
        $"""2 linkat(5</a>, "{Temporary}", 5</a>, "N.json", 0) = 0""",
        "2 fsync(22</a/.ids>) = 0",
        "2 fsync(5</a>) = 0",
        $"""1 sendto(9<socket:[7]>, "{Hex(Acknowledge())}", 21, MSG_NOSIGNAL, NULL, 0) = 21""",
        $"""2 unlinkat(5</a>, "{Temporary}", 0) = 0""",
    ];

    [Fact]
    public void Should_accept_the_right_order() => Check(Correct).ShouldBeEmpty();

    [Fact]
    public void Should_accept_one_sync_of_the_file_system() =>
        Check([.. Correct[..4], "2 syncfs(5</a>) = 0", .. Correct[6..]]).ShouldBeEmpty();

    [Fact]
    public void Should_accept_calls_that_are_interrupted() =>
        Check([
                .. Correct[..4],
                $"2 fsync(20<{Content}> <unfinished ...>",
                "3 fsync(8</b>) = 0",
                "2 <... fsync resumed>) = 0",
                .. Correct[5..],
            ])
            .ShouldBeEmpty();

    [Theory]
    [InlineData(3, "not written")]
    [InlineData(4, "content was not durable")]
    [InlineData(5, "name of its temporary file was not durable")]
    [InlineData(6, "id was not recorded")]
    [InlineData(7, "not made by link")]
    [InlineData(8, "id was not durable")]
    [InlineData(9, "name of its file was not durable")]
    [InlineData(10, "never acknowledged")]
    [InlineData(11, "left")]
    public void Should_detect_a_missing_call(int index, string fault) =>
        Check([.. Correct[..index], .. Correct[(index + 1)..]]).ShouldHaveSingleItem().ShouldContain(fault);

    [Theory]
    [InlineData(4, "content was not durable")]
    [InlineData(5, "name of its temporary file was not durable")]
    [InlineData(7, "not made by link")]
    [InlineData(9, "name of its file was not durable")]
    public void Should_detect_a_failed_call(int index, string fault) =>
        Check([
                .. Correct[..index],
                Correct[index].Replace(" = 0", " = -1 EIO (error)", StringComparison.Ordinal),
                .. Correct[(index + 1)..],
            ])
            .ShouldHaveSingleItem()
            .ShouldContain(fault);

    [Theory]
    [InlineData(4, 3, "content was not durable")]
    [InlineData(4, 8, "content was not durable")]
    [InlineData(5, 2, "name of its temporary file was not durable")]
    [InlineData(6, 8, "id was not recorded")]
    [InlineData(9, 6, "name of its file was not durable")]
    [InlineData(10, 9, "name of its file was not durable")]
    [InlineData(10, 8, "name of its file was not durable")]
    [InlineData(11, 8, "removed before")]
    public void Should_detect_a_misplaced_call(int from, int to, string fault)
    {
        List<string> lines = [.. Correct];
        lines.RemoveAt(from);
        lines.Insert(to > from ? to - 1 : to, Correct[from]);

        Check(lines).ShouldHaveSingleItem().ShouldContain(fault);
    }

    [Fact]
    public void Should_detect_a_sync_that_started_before_the_content_was_written() =>
        Check([.. Correct[..3], "3 syncfs(5</a> <unfinished ...>", Correct[3], "3 <... syncfs resumed>) = 0", .. Correct[5..]])
            .ShouldHaveSingleItem()
            .ShouldContain("content was not durable");

    [Fact]
    public void Should_detect_an_acknowledgement_that_started_before_the_sync_had_ended() =>
        Check([.. Correct[..9], "2 fsync(5</a> <unfinished ...>", Correct[10], "2 <... fsync resumed>) = 0", Correct[11]])
            .ShouldHaveSingleItem()
            .ShouldContain("name of its file was not durable");

    [Fact]
    public void Should_detect_an_acknowledgement_of_multiple_messages()
    {
        var all = Correct[10].Replace(Hex(Acknowledge()), Hex(Acknowledge(tag: 5, isMultiple: true)), StringComparison.Ordinal);

        Check([.. Correct[..9], all, Correct[9], Correct[11]]).ShouldHaveSingleItem().ShouldContain("name of its file was not durable");
    }

    static IReadOnlyList<string> Check(IEnumerable<string> lines) =>
        DurableOrder.Check(SystemCall.Read(lines), new Dictionary<string, string> { ["/a/N.json"] = "m1" });

    static string Hex(byte[] bytes) => string.Concat(bytes.Select(x => $"\\x{x:x2}"));

    // Deliver, header and body of a message with the id m1.
    static byte[] Deliver() =>
        [
            .. Frame(1, [0, 60, 0, 60, 1, (byte)'c', .. Number(3), 0, 1, (byte)'x', 1, (byte)'k']),
            .. Frame(2, [0, 60, 0, 0, .. Number(7), 0b1000_0000, 0b1000_0000, 4, .. "text"u8, 2, .. "m1"u8]),
            .. Frame(3, Encoding.UTF8.GetBytes("{\"a\":1}")),
        ];

    static byte[] Acknowledge(ulong tag = 3, bool isMultiple = false) =>
        Frame(1, [0, 60, 0, 80, .. Number(tag), isMultiple ? (byte)1 : (byte)0]);

    static byte[] Number(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }

    static byte[] Frame(byte type, byte[] payload) => [type, 0, 1, 0, 0, 0, (byte)payload.Length, .. payload, 0xCE];
}
