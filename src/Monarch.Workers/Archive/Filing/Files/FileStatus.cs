using System.Runtime.InteropServices;

namespace Monarch.Workers.Archive.Filing.Files;

/// <summary>The kernel's <c>struct statx</c>, which is the same on every architecture, as far as it is used.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
readonly struct FileStatus
{
    /// <summary>STATX_NLINK, STATX_MTIME and STATX_INO.</summary>
    public const uint Mask = 0x4 | 0x40 | 0x100;

    /// <summary>How many names the file has.</summary>
    [FieldOffset(16)]
    public readonly uint Names;

    [FieldOffset(32)]
    public readonly ulong Inode;

    /// <summary>Seconds since 1970.</summary>
    [FieldOffset(112)]
    public readonly long WrittenAt;

    [FieldOffset(136)]
    public readonly ulong Device;
}
