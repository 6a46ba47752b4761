using System.Runtime.InteropServices;

namespace Monarch.Workers.Archive.Filing.Files;

/// <summary><c>struct statvfs</c> of 64-bit Linux, as far as it is used.</summary>
[StructLayout(LayoutKind.Sequential, Size = 256)]
readonly struct FileSystemStatus
{
    readonly ulong _preferredBlock;
    readonly ulong _block;
    readonly ulong _blocks;
    readonly ulong _free;
    readonly ulong _available;

    /// <summary>Bytes that a process without privileges can still write.</summary>
    public long FreeBytes => (long)UInt128.Min(long.MaxValue, (UInt128)_available * _block);
}
