using System.Globalization;
using System.Text;

namespace Monarch.Testing.Otlp;

/// <summary>A span as a collector receives it.</summary>
public sealed record ExportedSpan
{
    /// <summary>The trace, in hexadecimal digits.</summary>
    public string TraceId { get; init; } = "";

    /// <summary>The span, in hexadecimal digits.</summary>
    public string SpanId { get; init; } = "";

    /// <summary>The span that it is a child of; null for a root.</summary>
    public string? ParentId { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>When it began, in nanoseconds since 1970.</summary>
    public ulong BeganAt { get; init; }

    /// <summary>When it ended, in nanoseconds since 1970.</summary>
    public ulong EndedAt { get; init; }

    /// <summary>Its attributes; numbers as text.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>The attributes of the process that it comes from.</summary>
    public IReadOnlyDictionary<string, string> Resource { get; init; } = new Dictionary<string, string>();

    /// <summary>The traces that it is linked to.</summary>
    public IReadOnlyList<string> LinkedTraces { get; init; } = [];

    /// <summary>Reads an <c>ExportTraceServiceRequest</c>.</summary>
    /// <param name="request">Its bytes.</param>
    public static IEnumerable<ExportedSpan> Read(ReadOnlyMemory<byte> request)
    {
        foreach (var ofResource in Of(request, 1))
        {
            var resource = Of(ofResource, 1).Select(x => Pairs(x, 1)).FirstOrDefault() ?? [];
            foreach (var span in Of(ofResource, 2).SelectMany(ofScope => Of(ofScope, 2)))
            {
                yield return Read(span, resource);
            }
        }
    }

    static ExportedSpan Read(ReadOnlyMemory<byte> span, Dictionary<string, string> resource)
    {
        var fields = ProtobufField.Read(span).ToLookup(x => x.Number);
        var parent = Hex(fields[4]);
        return new()
        {
            TraceId = Hex(fields[1]),
            SpanId = Hex(fields[2]),
            ParentId = parent.Length == 0 ? null : parent,
            Name = Text(fields[5].Single().Bytes),
            BeganAt = fields[7].Single().Value,
            EndedAt = fields[8].Single().Value,
            Attributes = Pairs(span, 9),
            Resource = resource,
            LinkedTraces = [.. fields[13].Select(link => Hex(ProtobufField.Read(link.Bytes).Where(x => x.Number == 1)))],
        };
    }

    static Dictionary<string, string> Pairs(ReadOnlyMemory<byte> message, int number)
    {
        var attributes = new Dictionary<string, string>();
        foreach (var attribute in Of(message, number))
        {
            var value = Of(attribute, 2).SelectMany(ProtobufField.Read).FirstOrDefault();
            attributes[Text(Of(attribute, 1).Single())] = value.Bytes.IsEmpty
                ? value.Value.ToString(CultureInfo.InvariantCulture)
                : Text(value.Bytes);
        }

        return attributes;
    }

    static IEnumerable<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> message, int number) =>
        ProtobufField.Read(message).Where(x => x.Number == number).Select(x => x.Bytes);

    static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    static string Hex(IEnumerable<ProtobufField> fields) => Convert.ToHexStringLower(fields.Select(x => x.Bytes).FirstOrDefault().Span);
}
