using System.Runtime.InteropServices;

namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>System calls that .NET does not offer. All types are blittable.</summary>
static class Libc
{
    public const int Kill = 9;
    public const int Terminate = 15;

    const int BrokenPipe = 13;
    const nint ByDefault = 0;
    const nint Ignored = 1;
    const int SetChildSubreaper = 36;
    const int SetDescriptorFlags = 2;
    const int CloseOnExec = 1;

    /// <summary>Makes this process the leader of a session and a group of its own.</summary>
    /// <returns>The group's id; -1 when it already leads a group.</returns>
    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetSession();

    /// <summary>Sends a signal to a process, or to a group when the id is negative.</summary>
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Signal(int process, int signal);

    /// <summary>Waits until a descriptor is readable or closed.</summary>
    /// <returns>The number of ready descriptors; 0 after the timeout, -1 when a signal interrupted the call.</returns>
    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Poll([In, Out] PollDescriptor[] descriptors, nuint count, int milliseconds);

    /// <summary>Makes this process the parent of orphaned descendants, so that they can be found.</summary>
    public static void AdoptOrphans() => _ = ProcessControl(SetChildSubreaper, 1, 0, 0, 0);

    /// <summary>
    /// Starts a program with the default handling of broken pipes, as a shell does; .NET ignores the signal, and its children would inherit
    /// that.
    /// </summary>
    public static T WithBrokenPipes<T>(Func<T> start)
    {
        _ = SetHandler(BrokenPipe, ByDefault);
        try
        {
            return start();
        }
        finally
        {
            _ = SetHandler(BrokenPipe, Ignored);
        }
    }

    /// <summary>Prevents child processes from inheriting a descriptor.</summary>
    public static void KeepFromChildren(int descriptor) => _ = DescriptorControl(descriptor, SetDescriptorFlags, CloseOnExec);

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern nint SetHandler(int signal, nint handler);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int ProcessControl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int DescriptorControl(int descriptor, int command, int argument);
}

/// <summary>An entry of <see cref="Libc.Poll"/>; a negative descriptor is ignored.</summary>
[StructLayout(LayoutKind.Sequential)]
struct PollDescriptor
{
    public const short Readable = 1;

    public int Descriptor;

    public short Events;

    public short ReturnedEvents;
}
