using Monarch.Workers.Archive.Consuming;

namespace Monarch.Workers.Archive.Filing;

/// <summary>Turns events into files, in batches that are made durable together.</summary>
sealed class EventArchive
{
    /// <summary>Why nothing is filed at the moment; null while all is well.</summary>
    public string? Problem => null;

    /// <summary>Files an event. While the folder cannot be written, it waits until it can.</summary>
    /// <param name="published">The event.</param>
    /// <param name="cancellationToken">Ends the wait. The event may be filed all the same.</param>
    /// <returns>What became of it, once that is durable.</returns>
    /// <exception cref="OperationCanceledException">The process stops, or the token was cancelled; it is not known to be filed.</exception>
    public Task<FilingOutcome> FileAsync(PublishedEvent published, CancellationToken cancellationToken) => throw new NotSupportedException();
}
