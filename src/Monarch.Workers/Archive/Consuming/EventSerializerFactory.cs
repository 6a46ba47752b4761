using System.Net.Mime;
using MassTransit;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>
/// Creates the deserializer of the archive's endpoint, which accepts every content type. The endpoint itself sends nothing.
/// </summary>
sealed class EventSerializerFactory : ISerializerFactory
{
    public ContentType ContentType => EventDeserializer.AnyType;

    public IMessageSerializer CreateSerializer() => throw new NotSupportedException("Events are not sent.");

    public IMessageDeserializer CreateDeserializer() => new EventDeserializer();
}
