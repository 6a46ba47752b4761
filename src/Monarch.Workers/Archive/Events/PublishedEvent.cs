namespace Monarch.Workers.Archive.Events;

/// <summary>An event as its publisher sent it, unparsed.</summary>
sealed record PublishedEvent
{
    /// <summary>The exchange that it was published to.</summary>
    public required string Exchange { get; init; }

    /// <summary>The key that it was published with; may be empty.</summary>
    public required string RoutingKey { get; init; }

    /// <summary>The payload as it came. The memory belongs to the event: it stays valid after the delivery has ended.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The publisher's id of the message; null where it gave none.</summary>
    public string? MessageId { get; init; }

    /// <summary>The payload's media type as the publisher wrote it; null where it gave none.</summary>
    public string? ContentType { get; init; }

    /// <summary>How the payload is encoded, such as <c>gzip</c>; null where the publisher gave nothing.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The application that published it; null where it gave no name.</summary>
    public string? AppId { get; init; }

    /// <summary>When the publisher sent it, in whole seconds; null where it did not say.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The headers, with byte strings as text. Values are strings, numbers, booleans, times, lists and tables of these, or null.</summary>
    public IReadOnlyDictionary<string, object?> Headers { get; init; } = new Dictionary<string, object?>();
}
