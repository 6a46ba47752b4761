namespace Monarch.Workers.Archive.Events;

/// <summary>An event that is being filed.</summary>
sealed class PendingEvent(PublishedEvent published)
{
    readonly TaskCompletionSource<FilingOutcome> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The event as it was published.</summary>
    public PublishedEvent Published { get; } = published;

    /// <summary>The routing key as encoded in the name of the file.</summary>
    public string Key { get; } = RoutingKeyText.Of(published.RoutingKey);

    /// <summary>Identifies redeliveries of the message (<see cref="MessageDigest"/>); null without a message id.</summary>
    public string? Digest { get; init; }

    /// <summary>The result of the check of its payload.</summary>
    public CheckedEvent Check { get; init; }

    /// <summary>The content of the file.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Why the event is rejected, as the JSON that is stored beside it; null when it is not.</summary>
    public byte[]? Reason { get; init; }

    /// <summary>The name of its file, assigned by the store.</summary>
    public EventFileName Name { get; set; }

    /// <summary>The path of its file; null until the file exists.</summary>
    public string? Path { get; set; }

    /// <summary>The outcome; null until the store has finished.</summary>
    public FilingOutcome? Outcome { get; set; }

    /// <summary>Completes with the durable outcome, or is cancelled.</summary>
    public Task<FilingOutcome> Settled => _settled.Task;

    /// <summary>Reports the outcome.</summary>
    public void Settle() => _settled.TrySetResult(Outcome ?? throw new InvalidOperationException("The event was not stored."));

    /// <summary>Abandons the event; its message is returned to the queue.</summary>
    public void Cancel() => _settled.TrySetCanceled();
}

/// <summary>The durable outcome of an event.</summary>
enum FilingOutcome
{
    /// <summary>It was filed.</summary>
    Filed,

    /// <summary>It had been filed before: it was redelivered, or published twice.</summary>
    Duplicate,

    /// <summary>It cannot be filed and is in <c>rejected/</c>.</summary>
    Rejected,
}
