using System.Diagnostics.CodeAnalysis;
using MassTransit;
using MassTransit.Metadata;
using MassTransit.Serialization;
using Monarch.Workers.Archive.Events;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>
/// An event as a MassTransit message, without ids and addresses, because a foreign publisher's properties are not MassTransit's.
/// </summary>
sealed class EventContext(PublishedEvent published, Uri? destination) : SerializerContext
{
    static readonly string[] Types = [MessageUrn.ForTypeString<PublishedEvent>()];

    public Guid? MessageId => null;
    public Guid? RequestId => null;
    public Guid? CorrelationId => null;
    public Guid? ConversationId => null;
    public Guid? InitiatorId => null;
    public DateTime? ExpirationTime => null;
    public Uri? SourceAddress => null;
    public Uri? DestinationAddress => destination;
    public Uri? ResponseAddress => null;
    public Uri? FaultAddress => null;
    public DateTime? SentTime => null;
    public Headers Headers => EmptyHeaders.Instance;
    public HostInfo Host => HostMetadataCache.Empty;
    public string[] SupportedMessageTypes => Types;

    public bool IsSupportedMessageType<T>()
        where T : class => IsSupportedMessageType(typeof(T));

    public bool IsSupportedMessageType(Type messageType) => messageType == typeof(PublishedEvent);

    public bool TryGetMessage<T>(out T? message)
        where T : class
    {
        message = published as T;
        return message is not null && IsSupportedMessageType<T>();
    }

    public bool TryGetMessage(Type messageType, [NotNullWhen(true)] out object? message)
    {
        message = IsSupportedMessageType(messageType) ? published : null;
        return message is not null;
    }

    // For messages that are forwarded, scheduled or stored, which events are not.
    public IMessageSerializer GetMessageSerializer() => throw Unused();

    public IMessageSerializer GetMessageSerializer<T>(MessageEnvelope envelope, T message)
        where T : class => throw Unused();

    public IMessageSerializer GetMessageSerializer(object message, string[] messageTypes) => throw Unused();

    public Dictionary<string, object> ToDictionary<T>(T? message)
        where T : class => throw Unused();

    public T? DeserializeObject<T>(object? value, T? defaultValue = null)
        where T : class => value as T ?? defaultValue;

    public T? DeserializeObject<T>(object? value, T? defaultValue = null)
        where T : struct => value is T typed ? typed : defaultValue;

    public MessageBody SerializeObject(object? value) => throw Unused();

    static NotSupportedException Unused() => new("Events are not sent.");
}
