using System.Runtime.InteropServices;

namespace Monarch.Workers.Archive.Filing.Files;

/// <summary>The kernel's <c>struct statx</c>, which is the same on every architecture, as far as it is used.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
readonly struct FileStatus
{
    /// <summary>STATX_INO and STATX_MTIME.</summary>
    public const uint Mask = 0x100 | 0x40;

    [FieldOffset(32)]
    public readonly ulong Inode;

    /// <summary>Seconds since 1970.</summary>
    [FieldOffset(112)]
    public readonly long WrittenAt;

    [FieldOffset(136)]
    public readonly ulong Device;
}
