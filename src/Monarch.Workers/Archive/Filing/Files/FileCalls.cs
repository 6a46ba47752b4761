using System.Runtime.InteropServices;

namespace Monarch.Workers.Archive.Filing.Files;

/// <summary>
/// The system calls of Linux that .NET does not offer: it cannot sync a folder, and its <c>File.Move</c> can replace a file. The constants
/// are the same on x86-64 and ARM64, except <see cref="FolderOnly"/>.
/// </summary>
static class FileCalls
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int CloseOnExec = 0x80000;

    public const int RemoveFolder = 0x200;

    public const int NotFound = 2;
    public const int Interrupted = 4;
    public const int AlreadyExists = 17;
    public const int NotFolder = 20;
    public const int TooManyLinks = 31;

    public const int FromEnd = 2;
    public const int LockExclusive = 2;
    public const int LockWithoutWaiting = 4;

    /// <summary>O_DIRECTORY.</summary>
    public static readonly int FolderOnly = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm
        ? 0x4000
        : 0x10000;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "openat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int OpenAt(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint Write(int file, in byte content, nint count);

    [DllImport("libc", EntryPoint = "lseek", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern long Seek(int file, long offset, int whence);

    [DllImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Truncate(int file, long length);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Close(int file);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Sync(int file);

    [DllImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SyncFileSystem(int file);

    [DllImport("libc", EntryPoint = "linkat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int LinkAt(
        int folder,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string existing,
        int otherFolder,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        int flags
    );

    [DllImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int UnlinkAt(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int MakeFolderAt(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Stat(
        int folder,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        int flags,
        uint mask,
        out FileStatus status
    );

    [DllImport("libc", EntryPoint = "fstatvfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int FileSystemStatus(int file, out FileSystemStatus status);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Lock(int file, int operation);
}

/// <summary>The kernel's <c>struct statx</c>, which is the same on every architecture, as far as it is used.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
readonly struct FileStatus
{
    /// <summary>STATX_NLINK, STATX_MTIME and STATX_INO.</summary>
    public const uint Mask = 0x4 | 0x40 | 0x100;

    /// <summary>The number of hard links.</summary>
    [FieldOffset(16)]
    public readonly uint LinkCount;

    [FieldOffset(32)]
    public readonly ulong Inode;

    /// <summary>Seconds since 1970.</summary>
    [FieldOffset(112)]
    public readonly long WrittenAt;

    [FieldOffset(136)]
    public readonly ulong Device;
}

/// <summary><c>struct statvfs</c> of 64-bit Linux, as far as it is used.</summary>
[StructLayout(LayoutKind.Sequential, Size = 256)]
readonly struct FileSystemStatus
{
    readonly ulong _preferredBlock;
    readonly ulong _block;
    readonly ulong _blocks;
    readonly ulong _free;
    readonly ulong _available;

    /// <summary>Bytes available to an unprivileged process.</summary>
    public long FreeBytes => (long)UInt128.Min(long.MaxValue, (UInt128)_available * _block);
}
