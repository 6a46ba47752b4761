using System.Net.Mime;
using MassTransit;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>Makes the deserializer of the archive's endpoint, which takes every content type. The endpoint itself sends nothing.</summary>
sealed class EventSerializerFactory : ISerializerFactory
{
    public ContentType ContentType => EventDeserializer.AnyType;

    public IMessageSerializer CreateSerializer() => throw new NotSupportedException("Events are not sent.");

    public IMessageDeserializer CreateDeserializer() => new EventDeserializer();
}
