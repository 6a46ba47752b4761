using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Monarch.Testing.Proxies;

namespace Monarch.Testing.Amqp;

/// <summary>Reads the AMQP frames of one connection in both directions, and records deliveries and their outcomes.</summary>
/// <param name="record">Receives the records.</param>
public sealed class AmqpTap(AmqpRecord record)
{
    const int Header = 7;
    const byte Method = 1,
        ContentHeader = 2,
        FrameEnd = 0xCE;
    const ushort Basic = 60,
        Deliver = 60,
        Acknowledge = 80,
        Reject = 90,
        Nack = 120;

    readonly List<byte> _fromServer = [],
        _fromClient = [];
    readonly Dictionary<(ushort Channel, ulong Tag), AmqpDelivery> _unanswered = [];
    readonly Dictionary<ushort, AmqpDelivery> _incomplete = [];
    readonly Lock _gate = new();
    bool _hasGreeting;

    /// <summary>Records bytes, before they are passed on.</summary>
    /// <param name="flow">The direction.</param>
    /// <param name="bytes">The bytes; frames may be split anywhere.</param>
    public void Pass(Flow flow, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var pending = flow == Flow.ToServer ? _fromClient : _fromServer;
            pending.AddRange(bytes);
            if (flow == Flow.ToServer && !_hasGreeting && pending.Count >= 8)
            {
                // "AMQP" and the version.
                pending.RemoveRange(0, 8);
                _hasGreeting = true;
            }

            if (flow == Flow.ToClient || _hasGreeting)
            {
                Read(pending, flow);
            }
        }
    }

    void Read(List<byte> pending, Flow flow)
    {
        var all = CollectionsMarshal.AsSpan(pending);
        var read = 0;
        while (all.Length - read >= Header)
        {
            var frame = all[read..];
            var size = (int)BinaryPrimitives.ReadUInt32BigEndian(frame[3..]);
            if (frame.Length < Header + size + 1)
            {
                break;
            }

            if (frame[Header + size] != FrameEnd)
            {
                throw new InvalidOperationException("This is not an AMQP connection: a frame has no end.");
            }

            Take(flow, frame[0], BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), frame.Slice(Header, size));
            read += Header + size + 1;
        }

        pending.RemoveRange(0, read);
    }

    void Take(Flow flow, byte type, ushort channel, ReadOnlySpan<byte> payload)
    {
        if (type == ContentHeader && flow == Flow.ToClient && _incomplete.Remove(channel, out var delivery))
        {
            delivery = delivery with { MessageId = AmqpProperties.MessageId(payload) };
            _unanswered[(channel, delivery.Tag)] = delivery;
            record.Add(delivery);
        }

        if (type != Method || BinaryPrimitives.ReadUInt16BigEndian(payload) != Basic)
        {
            return;
        }

        var method = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]);
        var arguments = payload[4..];
        if (flow == Flow.ToClient && method == Deliver)
        {
            arguments = arguments[(1 + arguments[0])..];
            var tag = BinaryPrimitives.ReadUInt64BigEndian(arguments);
            var isRedelivered = arguments[8] != 0;
            arguments = arguments[9..];
            arguments = arguments[(1 + arguments[0])..];
            _incomplete[channel] = new(tag, Encoding.UTF8.GetString(arguments.Slice(1, arguments[0])), null, isRedelivered, record.Now);
        }
        else if (flow == Flow.ToServer && method is Acknowledge or Reject or Nack)
        {
            Answer(
                channel,
                BinaryPrimitives.ReadUInt64BigEndian(arguments),
                method != Reject && (arguments[8] & 1) != 0,
                method == Acknowledge
            );
        }
    }

    void Answer(ushort channel, ulong tag, bool isMultiple, bool isAcknowledged)
    {
        foreach (
            var key in _unanswered
                .Keys.Where(x => x.Channel == channel && (x.Tag == tag || (isMultiple && (x.Tag < tag || tag == 0))))
                .ToList()
        )
        {
            record.Answer(_unanswered[key], isAcknowledged);
            _unanswered.Remove(key);
        }
    }
}
