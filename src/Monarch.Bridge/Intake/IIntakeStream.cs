namespace Monarch.Bridge.Intake;

/// <summary>Stores received entries until a saga has saved them. Each is read at least once and kept until removed.</summary>
interface IIntakeStream
{
    /// <summary>Adds an entry.</summary>
    Task AddAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken);

    /// <summary>Adds an entry, unless one with the same once-key was added within the window.</summary>
    /// <returns>The value of the first one.</returns>
    Task<string> AddOnceAsync(
        IReadOnlyDictionary<string, string> fields,
        string onceKey,
        string value,
        TimeSpan window,
        CancellationToken cancellationToken
    );

    /// <summary>Waits for entries that no reader has received; empty when none arrived in time.</summary>
    Task<IReadOnlyList<IntakeEntry>> ReadNewAsync(CancellationToken cancellationToken);

    /// <summary>Entries that were read some time ago and not removed: their reader has died, or its messages were lost.</summary>
    Task<IReadOnlyList<IntakeEntry>> ReadAgainAsync(TimeSpan idle, CancellationToken cancellationToken);

    /// <summary>All entries, read or not, oldest first. This does not mark them as read.</summary>
    Task<IReadOnlyList<IntakeEntry>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>How many entries there are, read or not.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Removes an entry that is done.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Removes entries that are done.</summary>
    Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);
}
