namespace Monarch.Workers.Archive.Filing.Files;

/// <summary>What became of a second name.</summary>
enum LinkResult
{
    /// <summary>The file has it.</summary>
    Linked,

    /// <summary>The name is taken.</summary>
    Taken,

    /// <summary>The file, or the folder of the name, does not exist.</summary>
    Missing,

    /// <summary>The file has as many names as the file system allows.</summary>
    Exhausted,
}
