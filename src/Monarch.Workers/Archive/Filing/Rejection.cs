namespace Monarch.Workers.Archive.Filing;

/// <summary>Why a message cannot be filed as JSON.</summary>
enum Rejection
{
    /// <summary>It has no payload.</summary>
    Empty,

    /// <summary>It is larger than is allowed.</summary>
    TooLarge,

    /// <summary>It is not UTF-8, or has a byte order mark.</summary>
    Encoding,

    /// <summary>It is not valid JSON, or nested too deeply.</summary>
    NotJson,
}
