using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Monarch.Workers.Archive.Lifecycle;

/// <summary>
/// An event in Monarch for auditors and foreign consumers. The same occurrence always produces the same bytes.
/// </summary>
sealed record LifecycleEvent
{
    const int Version = 1;
    const int IdBytes = 16;

    /// <summary>The action, such as <c>completed</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The entity, such as <c>migration</c>.</summary>
    public required string Entity { get; init; }

    /// <summary>When it happened, according to the internal event.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Identifies the event among those with the same key; the id is a digest of it.</summary>
    public required string Identity { get; init; }

    /// <summary>The fields of the event: one of the records in LifecycleJson.cs.</summary>
    public required object Data { get; init; }

    /// <summary>The routing key.</summary>
    public string Key => $"{Entity}.{Action}";

    /// <summary>The id: 32 hexadecimal digits.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Key}/{Identity}")).AsSpan(0, IdBytes));

    /// <summary>The event as it is published.</summary>
    public byte[] Body() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new LifecycleMessage(
                Version,
                Id,
                Action,
                Entity,
                Timestamp,
                JsonSerializer.SerializeToElement(Data, Data.GetType(), LifecycleJson.Default)
            ),
            LifecycleJson.Default.LifecycleMessage
        );
}
