using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;

namespace Monarch.Tests.Migrations;

/// <summary>Stamps an envelope with the time of another host; MassTransit uses only the system's time.</summary>
sealed class StampingSerializer(DateTimeOffset? sentAt, IMessageSerializer inner) : IMessageSerializer
{
    public ContentType ContentType => inner.ContentType;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class
    {
        var envelope = JsonNode.Parse(inner.GetMessageBody(context).GetBytes())!;
        envelope["sentTime"] = sentAt?.UtcDateTime;
        return new BytesMessageBody(JsonSerializer.SerializeToUtf8Bytes(envelope));
    }
}
