using System.Buffers.Binary;
using System.Text;

namespace Monarch.Testing.Amqp;

/// <summary>Reads the properties in a content header frame.</summary>
static class AmqpProperties
{
    const int FlagsAt = 12;

    /// <summary>The publisher's id of the message; null where it has none.</summary>
    public static string? MessageId(ReadOnlySpan<byte> header)
    {
        var flags = BinaryPrimitives.ReadUInt16BigEndian(header[FlagsAt..]);
        var rest = header[(FlagsAt + 2)..];
        // In this order: content-type, content-encoding, headers, delivery-mode, priority, correlation-id, reply-to, expiration,
        // message-id.
        for (var bit = 15; bit > 7; bit--)
        {
            if ((flags & (1 << bit)) != 0)
            {
                var length = bit switch
                {
                    13 => 4 + (int)BinaryPrimitives.ReadUInt32BigEndian(rest),
                    12 or 11 => 1,
                    _ => 1 + rest[0],
                };
                rest = rest[length..];
            }
        }

        return (flags & (1 << 7)) == 0 ? null : Encoding.UTF8.GetString(rest.Slice(1, rest[0]));
    }
}
