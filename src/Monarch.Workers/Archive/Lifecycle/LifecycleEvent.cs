using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Monarch.Workers.Archive.Lifecycle;

/// <summary>
/// Something that happened in Monarch, for auditors and foreign consumers. The same happening always makes the same event, byte for byte.
/// </summary>
sealed record LifecycleEvent
{
    const int Version = 1;
    const int IdBytes = 16;

    /// <summary>What happened, such as <c>completed</c>.</summary>
    public required string Action { get; init; }

    /// <summary>To what, such as <c>migration</c>.</summary>
    public required string Entity { get; init; }

    /// <summary>When it happened, as the internal event says.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>What makes it different from every other event of its key; the id is a digest of it.</summary>
    public required string Identity { get; init; }

    /// <summary>The fields of its kind: one of the records beside this one.</summary>
    public required object Data { get; init; }

    /// <summary>The routing key.</summary>
    public string Key => $"{Entity}.{Action}";

    /// <summary>The id: 32 hexadecimal digits.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Key}/{Identity}")).AsSpan(0, IdBytes));

    /// <summary>The event as it is published.</summary>
    public byte[] Body() => JsonSerializer.SerializeToUtf8Bytes(
        new LifecycleMessage(Version, Id, Action, Entity, Timestamp, JsonSerializer.SerializeToElement(Data, Data.GetType(), LifecycleJson.Default)),
        LifecycleJson.Default.LifecycleMessage);
}
