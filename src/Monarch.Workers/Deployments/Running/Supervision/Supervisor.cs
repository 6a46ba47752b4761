using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>
/// A process between Monarch and a deployment command, so that the command cannot outlive the process that runs it: not when Monarch is killed,
/// not when it stands still, not when it loses its lease. <c>monarch supervise</c> is not for people.
/// </summary>
static class Supervisor
{
    public const string Command = "supervise";

    const int Usage = 2;

    /// <summary>
    /// Runs a command to its end and kills what it leaves. Call it on the main thread: the command is tied to the life of the thread
    /// that starts it.
    /// </summary>
    /// <returns>The command's exit code.</returns>
    public static int Run(string[] args)
    {
        if (SupervisorArguments.Parse(args) is not { } arguments)
        {
            WriteError("supervise is for Monarch's own use.");
            return Usage;
        }

        // A process that leads a group already may go on: the group is its own.
        _ = Libc.SetSession();
        Libc.AdoptOrphans();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using var report = arguments.Report is { } descriptor ? OpenReport(descriptor) : null;
        var guard = new CommandGuard(arguments.Until, report);
        guard.StartListening();

        var program = ProgramPath.Find(arguments.Command[0]);
        if (program.Path is null)
        {
            return NotStarted(guard, program.ExitCode, program.Problem!);
        }

        if (!guard.MayStart())
        {
            return Libc.Kill + 128;
        }

        try
        {
            using var process = Start(program.Path, arguments);
            return guard.WaitFor(process);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return NotStarted(guard, ProgramPath.NotExecutable, $"{program.Path} cannot be started: {e.Message}");
        }
    }

    static Process Start(string program, SupervisorArguments arguments)
    {
        var start = ProgramPath.OfSetPriv() is { } setPriv
            ? new ProcessStartInfo(setPriv, ["--pdeathsig", "KILL", "--", program, .. arguments.Command.Skip(1)])
            : new ProcessStartInfo(program, arguments.Command.Skip(1));
        start.RedirectStandardInput = true;
        foreach (var name in arguments.Without)
        {
            start.Environment.Remove(name);
        }

        var process = Libc.WithBrokenPipes(() => Process.Start(start)!);
        process.StandardInput.Close();
        return process;
    }

    static FileStream OpenReport(int descriptor)
    {
        Libc.KeepFromChildren(descriptor);
        return new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    static int NotStarted(CommandGuard guard, int exitCode, string problem)
    {
        WriteError($"{problem}.");
        guard.Report(new(SupervisedEnd.NotStarted, exitCode));
        return exitCode;
    }

    static void WriteError(string text)
    {
        // Without the console's writer, which would load more than all the rest.
        using var error = Console.OpenStandardError();
        error.Write(Encoding.UTF8.GetBytes($"monarch: {text}\n"));
    }
}
