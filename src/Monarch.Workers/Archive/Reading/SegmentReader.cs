using System.Security.Cryptography;
using Monarch.Workers.Archive.Events;

namespace Monarch.Workers.Archive.Reading;

/// <summary>Reads a segment line by line, without keeping whole lines in memory.</summary>
static class SegmentReader
{
    /// <summary>The size of one read in bytes.</summary>
    public const int PieceBytes = 64 << 10;

    /// <summary>The lines of a segment.</summary>
    /// <param name="stream">The segment.</param>
    /// <param name="hash">Receives every byte that is read; null for none.</param>
    public static IEnumerable<SegmentLine> Lines(Stream stream, IncrementalHash? hash = null)
    {
        var fields = new TopLevelFields();
        // One more, because the event is nested in the line.
        var check = new JsonCheck(JsonText.MaxDepth + 1, fields.Take);
        var piece = new byte[PieceBytes];
        var (number, isOpen) = (1L, false);
        while (stream.Read(piece) is > 0 and var count)
        {
            hash?.AppendData(piece, 0, count);
            var begin = 0;
            while (begin < count)
            {
                var length = piece.AsSpan(begin, count - begin).IndexOf((byte)'\n');
                isOpen = length < 0;
                check.Add(piece.AsSpan(begin, isOpen ? count - begin : length));
                if (isOpen)
                {
                    break;
                }

                var problem = check.End() ?? Missing(fields);
                yield return new(number++, IsWhole: true, problem, fields.Time ?? default, fields.RoutingKey ?? "");
                fields.Clear();
                begin += length + 1;
            }
        }

        if (isOpen)
        {
            yield return new(number, IsWhole: false, null, default, "");
        }
    }

    static string? Missing(TopLevelFields fields) =>
        fields switch
        {
            { Time: null } => "has no time",
            { RoutingKey: null } => "has no routing key",
            { HasEvent: false } => "has no event",
            _ => null,
        };
}

/// <summary>One line of a segment.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="IsWhole">Whether it ends with a newline; only the last may not, after a crash.</param>
/// <param name="Problem">The problem of a whole line; null when it is an event.</param>
/// <param name="Time">When the event was received.</param>
/// <param name="RoutingKey">The routing key of the event.</param>
readonly record struct SegmentLine(long Number, bool IsWhole, string? Problem, DateTimeOffset Time, string RoutingKey);
