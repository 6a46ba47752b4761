namespace Monarch.Bridge.Intake;

/// <summary>Where what was received waits until a saga has saved it. Read at least once; kept until removed.</summary>
interface IIntakeStream
{
    /// <summary>Adds an entry.</summary>
    Task AddAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken);

    /// <summary>Adds an entry, unless one with the same once-key was added within the window.</summary>
    /// <returns>The value that came with the first one.</returns>
    Task<string> AddOnceAsync(IReadOnlyDictionary<string, string> fields, string onceKey, string value, TimeSpan window, CancellationToken cancellationToken);

    /// <summary>Waits a while for entries that nobody has read; empty when none came.</summary>
    Task<IReadOnlyList<IntakeEntry>> ReadNewAsync(CancellationToken cancellationToken);

    /// <summary>Entries that were read a while ago and are still there: whoever read them died, or was not heard.</summary>
    Task<IReadOnlyList<IntakeEntry>> ReadAgainAsync(TimeSpan idle, CancellationToken cancellationToken);

    /// <summary>All entries, read or not, oldest first. They can still be read.</summary>
    Task<IReadOnlyList<IntakeEntry>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>How many entries there are, read or not.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>The entry is done.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>The entries are done.</summary>
    Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);
}
