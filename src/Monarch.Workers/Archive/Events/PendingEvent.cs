namespace Monarch.Workers.Archive.Events;

/// <summary>An event on its way to its file.</summary>
sealed class PendingEvent(PublishedEvent published)
{
    readonly TaskCompletionSource<FilingOutcome> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The event as it was published.</summary>
    public PublishedEvent Published { get; } = published;

    /// <summary>The routing key as it stands in the name of the file.</summary>
    public string Key { get; } = RoutingKeyText.Of(published.RoutingKey);

    /// <summary>What identifies the message among redeliveries (<see cref="MessageDigest"/>); null when its publisher gave it no id.</summary>
    public string? Digest { get; init; }

    /// <summary>What its payload was found to be.</summary>
    public CheckedEvent Check { get; init; }

    /// <summary>What the file holds.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Why the event goes to <c>rejected/</c>, as the JSON that is kept beside it; null when it does not.</summary>
    public byte[]? Reason { get; init; }

    /// <summary>The name of its file. The store gives it, and moves it on when it is taken.</summary>
    public EventFileName Name { get; set; }

    /// <summary>The path of its file; null until it has it.</summary>
    public string? Path { get; set; }

    /// <summary>What became of it; null until the store has finished with it.</summary>
    public FilingOutcome? Outcome { get; set; }

    /// <summary>Completes with the outcome once it is durable, or is cancelled.</summary>
    public Task<FilingOutcome> Settled => _settled.Task;

    /// <summary>Reports the outcome.</summary>
    public void Settle() => _settled.TrySetResult(Outcome ?? throw new InvalidOperationException("The event was not stored."));

    /// <summary>Gives the event up; its message goes back to the queue.</summary>
    public void Cancel() => _settled.TrySetCanceled();
}

/// <summary>What became of an event, durably.</summary>
enum FilingOutcome
{
    /// <summary>It is a file.</summary>
    Filed,

    /// <summary>It had been filed before: this is a redelivery, or its publisher sent it twice.</summary>
    Duplicate,

    /// <summary>It is no event that can be filed, and is in <c>rejected/</c>.</summary>
    Rejected,
}
