using System.Net.Mime;
using System.Text;
using MassTransit;
using MassTransit.Serialization;
using Monarch.Workers.Archive.Events;
using Headers = MassTransit.Headers;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>
/// Converts body and properties of a delivery to a <see cref="PublishedEvent"/> without interpreting them. It never throws, because the
/// event would be moved to <c>_error</c>. The body is copied, because the client reuses its memory after the delivery.
/// </summary>
sealed class EventDeserializer : IMessageDeserializer
{
    /// <summary>The default, so that it also handles every other content type.</summary>
    public static readonly ContentType AnyType = new("application/octet-stream");

    public ContentType ContentType => AnyType;

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(receiveContext, new EventContext(Read(receiveContext), receiveContext.InputAddress));

    // Only for messages that MassTransit stores, which this endpoint does not do.
    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) =>
        new EventContext(
            new PublishedEvent
            {
                Exchange = "",
                RoutingKey = "",
                Body = body.GetBytes(),
            },
            destinationAddress
        );

    public MessageBody GetMessageBody(string text) => new BytesMessageBody(Encoding.UTF8.GetBytes(text));

    public void Probe(ProbeContext context) => context.CreateScope("event").Add("contentType", "any");

    static PublishedEvent Read(ReceiveContext context)
    {
        var body = context.Body.GetBytes();
        if (context is not RabbitMqBasicConsumeContext delivery)
        {
            return new()
            {
                Exchange = "",
                RoutingKey = "",
                Body = body,
            };
        }

        var properties = delivery.Properties;
        return new()
        {
            Exchange = delivery.Exchange,
            RoutingKey = delivery.RoutingKey ?? "",
            Body = body,
            MessageId = Given(properties.MessageId),
            ContentType = Given(properties.ContentType),
            ContentEncoding = Given(properties.ContentEncoding),
            AppId = Given(properties.AppId),
            SentAt = properties.IsTimestampPresent() ? HeaderValues.Time(properties.Timestamp) : null,
            Headers = HeaderValues.Of(properties.IsHeadersPresent() ? properties.Headers : null),
        };
    }

    static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
