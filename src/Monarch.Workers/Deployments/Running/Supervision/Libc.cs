using System.Runtime.InteropServices;

namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>What .NET does not offer of Linux. Every type is passed as it is.</summary>
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
    /// <returns>The group's id; -1 when it leads one already.</returns>
    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetSession();

    /// <summary>Sends a signal to a process, or to a group when the id is negative.</summary>
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Signal(int process, int signal);

    /// <summary>Waits until one of the descriptors can be read or has ended.</summary>
    /// <returns>How many have something; 0 when the time is over, -1 when a signal interrupted it.</returns>
    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Poll([In, Out] PollDescriptor[] descriptors, nuint count, int milliseconds);

    /// <summary>Makes this process the parent of descendants whose own parents have ended, so that they can be found.</summary>
    public static void AdoptOrphans() => _ = ProcessControl(SetChildSubreaper, 1, 0, 0, 0);

    /// <summary>Starts a program that a broken pipe ends, as it ends any program of a shell; .NET ignores the signal, and its children would.</summary>
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

    /// <summary>Keeps a descriptor from the programs that this process starts.</summary>
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

/// <summary>What <see cref="Libc.Poll"/> waits for; a negative descriptor is passed over.</summary>
[StructLayout(LayoutKind.Sequential)]
struct PollDescriptor
{
    public const short Readable = 1;

    public int Descriptor;

    public short Events;

    public short ReturnedEvents;
}
