namespace Monarch.Bridge.Intake;

/// <summary>Where requests wait until their batch is saved. Read at least once; kept until removed.</summary>
interface IIntakeStream
{
    /// <summary>Adds an entry, unless one with the same once-key was added within the window.</summary>
    /// <returns>The value that came with the first one.</returns>
    Task<string> AddOnceAsync(IReadOnlyDictionary<string, string> fields, string onceKey, string value, TimeSpan window, CancellationToken cancellationToken);

    /// <summary>Waits a while for entries that nobody has read; empty when none came.</summary>
    Task<IReadOnlyList<IntakeEntry>> ReadNewAsync(CancellationToken cancellationToken);

    /// <summary>Entries that were read a while ago and are still there: whoever read them died, or was not heard.</summary>
    Task<IReadOnlyList<IntakeEntry>> ReadAgainAsync(TimeSpan idle, CancellationToken cancellationToken);

    /// <summary>The entry is done.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken);
}
