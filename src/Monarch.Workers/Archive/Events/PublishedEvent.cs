namespace Monarch.Workers.Archive.Events;

/// <summary>An event as its publisher sent it, unparsed.</summary>
sealed record PublishedEvent
{
    /// <summary>The exchange that it was published to.</summary>
    public required string Exchange { get; init; }

    /// <summary>The key that it was published with; may be empty.</summary>
    public required string RoutingKey { get; init; }

    /// <summary>The unchanged payload. The memory belongs to the event and stays valid after the delivery.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The publisher's message id; null if absent.</summary>
    public string? MessageId { get; init; }

    /// <summary>The payload's media type as the publisher wrote it; null if absent.</summary>
    public string? ContentType { get; init; }

    /// <summary>The payload's encoding, such as <c>gzip</c>; null if absent.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The name of the publishing application; null if absent.</summary>
    public string? AppId { get; init; }

    /// <summary>When the publisher sent it, in whole seconds; null if absent.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>
    /// The headers, with byte strings as text. Values are strings, numbers, booleans, times, lists and tables of these, or null.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Headers { get; init; } = new Dictionary<string, object?>();
}
