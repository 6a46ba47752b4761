namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>What a temporary file holds: the first letter of its name.</summary>
enum TemporaryKind
{
    /// <summary>An event.</summary>
    Event = 'e',

    /// <summary>The body of a message that is rejected.</summary>
    Body = 'b',

    /// <summary>Why a message is rejected.</summary>
    Reason = 'r',
}
