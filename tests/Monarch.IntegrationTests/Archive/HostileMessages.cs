using System.Text;
using RabbitMQ.Client;

namespace Monarch.IntegrationTests.Archive;

/// <summary>Properties that AMQP allows and that no program expects.</summary>
static class HostileMessages
{
    static readonly string[] Keys =
    [
        "MT-Activity-Id",
        "MT-MessageType",
        "MT-Host-Info",
        "MT-Redelivery-Count",
        "MT-Fault-Message",
        "MT-Request-Id",
        "traceparent",
        "tracestate",
        "Content-Type",
        "ContentType",
        "MessageId",
        "CorrelationId",
        "ResponseAddress",
        "FaultAddress",
        "x-death",
        "x-delivery-count",
        "",
    ];

    static readonly string[] Texts =
    [
        "",
        " ",
        "null",
        "{}",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "application/vnd.masstransit+json",
        "text/plain; charset=",
        "rabbitmq://nowhere/",
        "00000000-0000-0000-0000-000000000000",
        "../../etc/passwd",
        "\u0000",
        "\ud83d\ude00",
        "=?utf-8?b?x?=",
    ];

    public static byte[] Bytes(Random random, int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    public static string Text(Random random, int most) =>
        random.Next(3) switch
        {
            0 => Texts[random.Next(Texts.Length)],
            1 => Encoding.Latin1.GetString(Bytes(random, most)),
            _ => Convert.ToHexString(Bytes(random, most / 2)),
        };

    public static BasicProperties Properties(Random random)
    {
        var properties = new BasicProperties { Headers = random.Next(4) == 0 ? null : Table(random, 0) };
        Do(random, () => properties.ContentType = Text(random, 60));
        Do(random, () => properties.ContentEncoding = Text(random, 60));
        Do(random, () => properties.MessageId = Text(random, 60) + random.Next());
        Do(random, () => properties.CorrelationId = Text(random, 60));
        Do(random, () => properties.ReplyTo = Text(random, 60));
        Do(random, () => properties.Type = Text(random, 60));
        Do(random, () => properties.AppId = Text(random, 60));
        Do(random, () => properties.Timestamp = new(random.NextInt64(long.MinValue, long.MaxValue)));
        Do(random, () => properties.Priority = (byte)random.Next(256));
        return properties;
    }

    static void Do(Random random, Action set)
    {
        if (random.Next(2) == 0)
        {
            set();
        }
    }

    static Dictionary<string, object?> Table(Random random, int depth)
    {
        var table = new Dictionary<string, object?>();
        for (var i = random.Next(6); i > 0; i--)
        {
            table[random.Next(2) == 0 ? Keys[random.Next(Keys.Length)] : Text(random, 20)] = Value(random, depth + 1);
        }

        return table;
    }

    static object? Value(Random random, int depth) =>
        random.Next(depth > 4 ? 13 : 15) switch
        {
            0 => null,
            1 => Text(random, 100),
            2 => Bytes(random, 100),
            3 => random.Next(2) == 0,
            4 => (byte)random.Next(256),
            5 => (sbyte)random.Next(-128, 128),
            6 => (short)random.Next(short.MinValue, short.MaxValue),
            7 => random.Next(int.MinValue, int.MaxValue),
            8 => random.NextInt64(long.MinValue, long.MaxValue),
            // RabbitMQ itself closes the connection of a publisher that sends NaN or infinity.
            9 => random.Next(3) switch
            {
                0 => double.MaxValue,
                1 => float.Epsilon,
                _ => random.NextDouble(),
            },
            10 => new decimal(random.Next(), 0, 0, random.Next(2) == 0, (byte)random.Next(28)),
            11 => new AmqpTimestamp(random.NextInt64(long.MinValue, long.MaxValue)),
            12 => new BinaryTableValue(Bytes(random, 100)),
            13 => Table(random, depth),
            _ => Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1)).ToList(),
        };
}
