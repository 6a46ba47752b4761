using System.Buffers.Binary;

namespace Monarch.Testing.Otlp;

/// <summary>A field of a message in Protocol Buffers' encoding.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Value">The value of a number; 0 for others.</param>
/// <param name="Bytes">The bytes of a text, of bytes or of a message; empty for a number.</param>
readonly record struct ProtobufField(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)
{
    public static IEnumerable<ProtobufField> Read(ReadOnlyMemory<byte> message)
    {
        while (!message.IsEmpty)
        {
            var tag = Varint(ref message);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    yield return new(number, Varint(ref message), default);
                    break;
                case 1:
                    yield return new(number, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref message, 8).Span), default);
                    break;
                case 2:
                    var length = (int)Varint(ref message);
                    yield return new(number, 0, Take(ref message, length));
                    break;
                case 5:
                    yield return new(number, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref message, 4).Span), default);
                    break;
                default:
                    throw new InvalidDataException($"Field {number} has the wire type {tag & 7}.");
            }
        }
    }

    static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> message, int length)
    {
        var taken = message[..length];
        message = message[length..];
        return taken;
    }

    static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Take(ref message, 1).Span[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
