using System.Diagnostics;
using Monarch.Redis.Sagas;
using Monarch.Workers.Archive.Consuming;
using RabbitMQ.Client;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive;

public sealed class Reading_headers
{
    const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public void Should_convert_every_AMQP_type_to_a_NET_type()
    {
        var headers = HeaderValues.Of(
            new Dictionary<string, object?>
            {
                ["text"] = "caf\u00e9"u8.ToArray(),
                ["binary"] = new BinaryTableValue([0xff, 0x41]),
                ["time"] = new AmqpTimestamp(1_733_063_422),
                ["milliseconds"] = new AmqpTimestamp(1_733_063_422_000_000),
                ["before"] = new AmqpTimestamp(-1),
                ["list"] = new List<object?> { "a"u8.ToArray(), 1, null },
                ["table"] = new Dictionary<string, object?> { ["b"] = "c"u8.ToArray() },
                ["amount"] = 1.5m,
                ["nothing"] = null,
            }
        );

        headers["text"].ShouldBe("caf\u00e9");
        headers["binary"].ShouldBe("\ufffdA");
        headers["time"].ShouldBe(new DateTimeOffset(2024, 12, 1, 14, 30, 22, TimeSpan.Zero));
        headers["milliseconds"].ShouldBe(1_733_063_422_000_000);
        headers["before"].ShouldBe(-1L);
        headers["list"].ShouldBe(new List<object?> { "a", 1, null });
        headers["table"].ShouldBeOfType<Dictionary<string, object?>>()["b"].ShouldBe("c");
        headers["amount"].ShouldBe(1.5m);
        headers["nothing"].ShouldBeNull();
        HeaderValues.Of(null).ShouldBeEmpty();
    }

    [Fact]
    public void Should_omit_values_that_are_nested_too_deeply()
    {
        object? value = "end";
        for (var i = 0; i < 10_000; i++)
        {
            value = new List<object?> { value };
        }

        var found = HeaderValues.Of(new Dictionary<string, object?> { ["deep"] = value })["deep"];

        var depth = 0;
        while (found is List<object?> list)
        {
            found = list.ShouldHaveSingleItem();
            depth++;
        }

        found.ShouldBeNull();
        depth.ShouldBe(16);
    }

    [Theory]
    [InlineData(Parent, true)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331", false)]
    [InlineData("zz-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333g-01", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData(7, false)]
    public void Should_continue_only_a_valid_trace(object? header, bool isValid)
    {
        var parent = TraceParent.Of(new Dictionary<string, object?> { ["traceparent"] = header, ["tracestate"] = "vendor=1" });

        parent.ShouldBe(isValid && ActivityContext.TryParse(Parent, "vendor=1", isRemote: true, out var expected) ? expected : default);
    }
}
