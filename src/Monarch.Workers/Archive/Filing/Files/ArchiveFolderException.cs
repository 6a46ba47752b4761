namespace Monarch.Workers.Archive.Filing.Files;

/// <summary>The archive's folder cannot be used as it is.</summary>
sealed class ArchiveFolderException(string message, int error = 0) : IOException(message)
{
    /// <summary>The system's error number; 0 when the system refused nothing.</summary>
    public int Error => error;
}
